package io.peregrine.perf.remote;

import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.process.Ports;

import java.io.File;
import java.util.List;

/**
 * A Redis of its own on this machine, without persistence. The program {@code redis-server} has to be on the PATH. One
 * thread.
 */
public final class RedisServer implements AutoCloseable
{
    private static final String PROGRAM = "redis-server";

    private final int port = Ports.freeTcp();
    private final ChildProcess process;

    /**
     * Start it and wait until it serves.
     *
     * @throws InterruptedException when interrupted.
     */
    public RedisServer() throws InterruptedException
    {
        process = new ChildProcess(PROGRAM, List.of(
            PROGRAM, "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
            "--daemonize", "no"));
        try
        {
            awaitReady();
        }
        catch (final InterruptedException | RuntimeException ex)
        {
            process.kill();
            throw ex;
        }
    }

    private void awaitReady() throws InterruptedException
    {
        for (String line = process.await(""); !line.contains("Ready to accept connections"); line = process.await(""))
        {
            if (line.contains("# Fatal"))
            {
                throw new IllegalStateException("redis-server does not start: " + line);
            }
        }
    }

    /**
     * Is the program there?
     *
     * @return false when it is not on the PATH.
     */
    public static boolean isInstalled()
    {
        return isOnPath(PROGRAM);
    }

    static boolean isOnPath(final String program)
    {
        for (final String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        {
            if (new File(directory, program).canExecute())
            {
                return true;
            }
        }

        return false;
    }

    /**
     * Where it listens, on the loopback.
     *
     * @return its port.
     */
    public int port()
    {
        return port;
    }

    @Override
    public void close()
    {
        process.kill();
    }
}
