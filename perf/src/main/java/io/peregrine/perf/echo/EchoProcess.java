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
 * Answers each message by one of the length that it asks for, with its first eight bytes, in a process of its own,
 * until its standard input ends.
 */
public final class EchoProcess implements ControlledFragmentHandler
{
    /**
     * What it says when it can be asked.
     */
    static final String READY = "echoing";

    /**
     * Where a message says how long its answer is to be; before it is the number that comes back.
     */
    static final int LENGTH_AT = Long.BYTES;

    private static final int HEAP_MB = 256;
    private static final int LIMIT = 64;

    private final ExclusivePublication out;
    private final BufferClaim claim = new BufferClaim();

    private EchoProcess(final ExclusivePublication out)
    {
        this.out = out;
    }

    static ChildProcess start(final Path directory, final boolean isIpc, final int port)
    {
        return Jvm.start(
            EchoProcess.class, HEAP_MB, directory.toString(), Boolean.toString(isIpc), Integer.toString(port));
    }

    /**
     * @param args directory of the driver, whether by IPC, port.
     * @throws IOException when the parent cannot be read.
     */
    public static void main(final String[] args) throws IOException
    {
        final Thread worker = new Thread(() -> serve(args), "echo");
        worker.setDaemon(true);
        worker.start();
        ChildMain.listen(line -> { });
    }

    private static void serve(final String[] args)
    {
        try (EchoDriver driver = new EchoDriver(Path.of(args[0]), true))
        {
            final EchoStreams streams =
                new EchoStreams(driver, true, Boolean.parseBoolean(args[1]), Integer.parseInt(args[2]));
            ChildMain.say(READY);
            final EchoProcess echo = new EchoProcess(streams.out);
            final IdleStrategy idle = ChildMain.idle();
            while (!Thread.currentThread().isInterrupted())
            {
                idle.idle(driver.work() + streams.in.controlledPoll(echo, LIMIT));
            }
        }
    }

    @Override
    public Action onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header)
    {
        final long result = out.tryClaim(buffer.getInt(offset + LENGTH_AT), claim);
        if (result > 0)
        {
            claim.buffer().putLong(claim.offset(), buffer.getLong(offset));
            claim.commit();
            return Action.CONTINUE;
        }

        return result == Publication.NOT_CONNECTED ? Action.CONTINUE : Action.ABORT;
    }
}
