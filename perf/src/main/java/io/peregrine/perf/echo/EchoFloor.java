package io.peregrine.perf.echo;

import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.process.Ports;
import io.peregrine.perf.process.Workplace;
import io.peregrine.perf.rig.Scenario;
import io.peregrine.perf.rig.Subject;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The floor of a remote map: an echo by Aeron, one caller, with messages as long as those of the map. While it has no
 * turn, a thread keeps its streams alive and takes hardly any time.
 */
public final class EchoFloor implements Scenario
{
    private static final int LONGEST = 1_376;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int RELAY_PORTS = 4;

    private final String name;
    private final int valueLength;
    private final List<ChildProcess> processes;
    private final EchoDriver driver;
    private final EchoStreams streams;
    private Thread keeper;
    private volatile boolean isKept;

    private EchoFloor(
        final String name,
        final int valueLength,
        final List<ChildProcess> processes,
        final Path directory,
        final boolean isIpc,
        final int port)
    {
        this.name = name;
        this.valueLength = valueLength;
        this.processes = processes;
        driver = new EchoDriver(directory, !isIpc);
        streams = new EchoStreams(driver, false, isIpc, port);
        stop();
    }

    /**
     * Start both ends of an echo.
     *
     * @param workplace   for the drivers' files.
     * @param isIpc       through memory rather than UDP.
     * @param valueLength of the map.
     * @return the floor of a map on one node.
     * @throws InterruptedException when interrupted.
     */
    public static EchoFloor echo(final Workplace workplace, final boolean isIpc, final int valueLength)
        throws InterruptedException
    {
        final int port = Ports.freePair();
        final Path there = workplace.resolve("echo-server");
        final List<ChildProcess> processes = new ArrayList<>();
        return open(processes, () ->
        {
            start(processes, EchoProcess.start(there, isIpc, port));
            return new EchoFloor(
                isIpc ? "Aeron IPC echo" : "Aeron UDP echo", valueLength, processes,
                isIpc ? there : workplace.resolve("echo-client"), isIpc, port);
        });
    }

    /**
     * Start the three ends of a relay: what is asked goes on to a third process, and is answered when that has
     * answered.
     *
     * @param workplace   for the drivers' files.
     * @param valueLength of the map.
     * @return the floor of puts to a map of which there are two copies.
     * @throws InterruptedException when interrupted.
     */
    public static EchoFloor relay(final Workplace workplace, final int valueLength) throws InterruptedException
    {
        final int port = Ports.freeRange(RELAY_PORTS);
        final int backPort = port + RELAY_PORTS / 2;
        final List<ChildProcess> processes = new ArrayList<>();
        return open(processes, () ->
        {
            start(processes, EchoProcess.start(workplace.resolve("relay-back"), false, backPort));
            start(processes, RelayProcess.start(
                workplace.resolve("relay-front"), port, backPort, Lengths.relayed(valueLength)));
            return new EchoFloor(
                "Aeron UDP relay", valueLength, processes, workplace.resolve("relay-client"), false, port);
        });
    }

    private static void start(final List<ChildProcess> processes, final ChildProcess process)
        throws InterruptedException
    {
        processes.add(process);
        process.await(EchoProcess.READY);
    }

    /**
     * All processes end where not all can be started.
     */
    private static EchoFloor open(final List<ChildProcess> processes, final Opening opening)
        throws InterruptedException
    {
        try
        {
            return opening.open();
        }
        catch (final InterruptedException | RuntimeException ex)
        {
            processes.forEach(ChildProcess::close);
            throw ex;
        }
    }

    /**
     * Starts all ends.
     */
    private interface Opening
    {
        EchoFloor open() throws InterruptedException;
    }

    /**
     * Do the messages of a map fit in one frame each? Longer ones have no floor.
     *
     * @param valueLength of the map.
     * @return true if so.
     */
    public static boolean canEcho(final int valueLength)
    {
        return Lengths.relayed(valueLength).forward() <= LONGEST &&
            Lengths.answer(0, valueLength) <= LONGEST;
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
            driver.work();
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
            new EchoCalls(driver, streams, Lengths.request(0, valueLength), Lengths.answer(0, valueLength)),
            new EchoCalls(driver, streams, Lengths.request(1, valueLength), Lengths.answer(1, valueLength))
        };
    }

    @Override
    public int busyThreads(final int threads)
    {
        return threads + processes.size();
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
            driver.work();
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
        return processes.get(processes.size() - 1).pid();
    }

    @Override
    public void close()
    {
        start();
        driver.close();
        processes.forEach(ChildProcess::close);
    }
}
