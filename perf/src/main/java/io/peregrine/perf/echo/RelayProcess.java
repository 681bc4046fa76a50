package io.peregrine.perf.echo;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import io.peregrine.perf.process.ChildMain;
import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.process.Jvm;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The process in the middle of a relay: passes each message on to an echo process, and answers it when that has
 * answered, as a primary does with an entry that its backup has to have. Until its standard input ends.
 */
public final class RelayProcess
{
    private static final int HEAP_MB = 256;
    private static final int LIMIT = 64;

    private final Lengths.Relayed lengths;
    private final EchoDriver driver;
    private final EchoStreams front;
    private final EchoStreams back;
    private final BufferClaim claim = new BufferClaim();
    private final ControlledFragmentHandler onRequest = this::onRequest;
    private final ControlledFragmentHandler onAcknowledged = this::onAcknowledged;

    private RelayProcess(final Path directory, final int port, final int backPort, final Lengths.Relayed lengths)
    {
        this.lengths = lengths;
        driver = new EchoDriver(directory, true);
        front = new EchoStreams(driver, true, false, port);
        back = new EchoStreams(driver, false, false, backPort);
    }

    static ChildProcess start(final Path directory, final int port, final int backPort, final Lengths.Relayed lengths)
    {
        return Jvm.start(
            RelayProcess.class,
            HEAP_MB,
            directory.toString(),
            Integer.toString(port),
            Integer.toString(backPort),
            Integer.toString(lengths.forward()),
            Integer.toString(lengths.acknowledge()),
            Integer.toString(lengths.answer()));
    }

    /**
     * @param args directory of the driver, port, port of the echo process, lengths.
     * @throws IOException when the parent cannot be read.
     */
    public static void main(final String[] args) throws IOException
    {
        final Thread worker = new Thread(() -> serve(args), "relay");
        worker.setDaemon(true);
        worker.start();
        ChildMain.listen(line -> { });
    }

    private static void serve(final String[] args)
    {
        final RelayProcess relay = new RelayProcess(
            Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]),
            new Lengths.Relayed(Integer.parseInt(args[3]), Integer.parseInt(args[4]), Integer.parseInt(args[5])));
        final IdleStrategy idle = ChildMain.idle();
        while (!relay.back.isConnected())
        {
            idle.idle(relay.driver.work());
        }

        ChildMain.say(EchoProcess.READY);
        while (!Thread.currentThread().isInterrupted())
        {
            idle.idle(relay.driver.work() +
                relay.front.in.controlledPoll(relay.onRequest, LIMIT) +
                relay.back.in.controlledPoll(relay.onAcknowledged, LIMIT));
        }
    }

    private ControlledFragmentHandler.Action onRequest(
        final DirectBuffer buffer, final int offset, final int length, final Header header)
    {
        return pass(back.out, buffer.getLong(offset), lengths.forward());
    }

    private ControlledFragmentHandler.Action onAcknowledged(
        final DirectBuffer buffer, final int offset, final int length, final Header header)
    {
        return pass(front.out, buffer.getLong(offset), lengths.answer());
    }

    private ControlledFragmentHandler.Action pass(
        final ExclusivePublication out, final long number, final int length)
    {
        final long result = out.tryClaim(length, claim);
        if (result > 0)
        {
            claim.buffer().putLong(claim.offset(), number);
            if (out == back.out)
            {
                claim.buffer().putInt(claim.offset() + EchoProcess.LENGTH_AT, lengths.acknowledge());
            }
            claim.commit();
            return ControlledFragmentHandler.Action.CONTINUE;
        }

        return result == Publication.NOT_CONNECTED ?
            ControlledFragmentHandler.Action.CONTINUE : ControlledFragmentHandler.Action.ABORT;
    }
}
