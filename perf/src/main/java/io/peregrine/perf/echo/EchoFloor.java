package io.peregrine.perf.echo;

import io.peregrine.client.codec.MapReadReplyEncoder;
import io.peregrine.client.codec.MapReadRequestEncoder;
import io.peregrine.client.codec.MapReplyEncoder;
import io.peregrine.client.codec.MapRequestEncoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.process.Ports;
import io.peregrine.perf.process.Workplace;
import io.peregrine.perf.rig.Scenario;
import io.peregrine.perf.rig.Subject;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The floor of a remote map: an echo by Aeron, one caller, with messages as long as those of the map. While it has no
 * turn, a thread keeps its streams alive and takes hardly any time.
 */
public final class EchoFloor implements Scenario
{
    private static final int LONGEST = 1_376;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    private final String name;
    private final int valueLength;
    private final ChildProcess process;
    private final EchoStreams streams;
    private Thread keeper;
    private volatile boolean isKept;

    /**
     * Start both ends.
     *
     * @param workplace   for the drivers' files.
     * @param isIpc       through memory rather than UDP.
     * @param valueLength of the map.
     * @throws InterruptedException when interrupted.
     */
    public EchoFloor(final Workplace workplace, final boolean isIpc, final int valueLength) throws InterruptedException
    {
        this.valueLength = valueLength;
        name = isIpc ? "Aeron IPC echo" : "Aeron UDP echo";
        final int port = Ports.freePair();
        final Path there = workplace.resolve("echo-server");
        process = EchoProcess.start(there, isIpc, port);
        try
        {
            process.await(EchoProcess.READY);
            streams = new EchoStreams(isIpc ? there : workplace.resolve("echo-client"), false, isIpc, port);
        }
        catch (final InterruptedException | RuntimeException ex)
        {
            process.close();
            throw ex;
        }

        stop();
    }

    /**
     * Do the messages of a map fit in one frame each? Longer ones have no floor.
     *
     * @param valueLength of the map.
     * @return true if so.
     */
    public static boolean canEcho(final int valueLength)
    {
        return requestLength(1, valueLength) <= LONGEST && answerLength(0, valueLength) <= LONGEST;
    }

    static int requestLength(final int row, final int valueLength)
    {
        final int get = MapReadRequestEncoder.BLOCK_LENGTH + MapReadRequestEncoder.keyHeaderLength();
        final int put = MapRequestEncoder.BLOCK_LENGTH + MapRequestEncoder.keyHeaderLength() +
            MapRequestEncoder.valueHeaderLength() + MapRequestEncoder.expectedHeaderLength() + valueLength;
        return HEADER + Workload.KEY_LENGTH + (row == 0 ? get : put);
    }

    static int answerLength(final int row, final int valueLength)
    {
        return row == 0 ?
            HEADER + MapReadReplyEncoder.BLOCK_LENGTH + MapReadReplyEncoder.valueHeaderLength() + valueLength :
            HEADER + MapReplyEncoder.BLOCK_LENGTH + MapReplyEncoder.valueHeaderLength();
    }

    @Override
    public String name(final int row)
    {
        return name;
    }

    @Override
    public int threads(final int planned)
    {
        return 1;
    }

    @Override
    public void start()
    {
        isKept = false;
        LockSupport.unpark(keeper);
        try
        {
            keeper.join();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }

        final long startNs = System.nanoTime();
        while (!streams.isConnected())
        {
            streams.work();
            if (System.nanoTime() - startNs > LIMIT_NS)
            {
                throw new IllegalStateException("the echo does not connect");
            }

            Thread.yield();
        }
    }

    @Override
    public Subject[] open(final int thread)
    {
        return new Subject[]{
            new EchoCalls(streams, requestLength(0, valueLength), answerLength(0, valueLength)),
            new EchoCalls(streams, requestLength(1, valueLength), answerLength(1, valueLength))
        };
    }

    @Override
    public int busyThreads(final int threads)
    {
        return threads + 1;
    }

    @Override
    public void stop()
    {
        isKept = true;
        keeper = new Thread(this::keep, "echo-keeper");
        keeper.setDaemon(true);
        keeper.start();
    }

    private void keep()
    {
        while (isKept)
        {
            streams.work();
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    /**
     * Of the other end.
     *
     * @return its number on this machine.
     */
    public long pid()
    {
        return process.pid();
    }

    @Override
    public void close()
    {
        start();
        streams.close();
        process.close();
    }
}
