package io.peregrine.perf.remote;

import io.peregrine.perf.load.Workload;
import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.rig.Measurement;
import io.peregrine.perf.rig.Plan;
import io.peregrine.perf.rig.Scenario;
import io.peregrine.perf.rig.Subject;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A peer: Redis as installed on this machine, asked by its own benchmark for the same keys and values. The programs
 * {@code redis-server} and {@code redis-benchmark} have to be on the PATH.
 */
final class RedisPeer implements Scenario
{
    private static final String BENCHMARK = "redis-benchmark";
    private static final String ROW = "\"GET\",\"";
    private static final String OK = "+OK\r\n";
    private static final int FIRST_REQUESTS = 200_000;
    private static final int LEAST_REQUESTS = 20_000;
    private static final double HIDDEN = 0;

    private final Workload workload;
    private final RedisServer server = new RedisServer();
    private double lastRate;

    RedisPeer(final Workload workload) throws InterruptedException
    {
        this.workload = workload;
        try
        {
            fill();
        }
        catch (final RuntimeException ex)
        {
            server.close();
            throw ex;
        }
    }

    /**
     * Are the programs there?
     *
     * @return false when one is not on the PATH.
     */
    static boolean isInstalled()
    {
        return RedisServer.isInstalled() && RedisServer.isOnPath(BENCHMARK);
    }

    /**
     * Write every entry, and see that all were taken.
     */
    private void fill()
    {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port()))
        {
            final Thread writer = new Thread(() -> write(socket), "redis-fill");
            writer.start();
            final byte[] answers = socket.getInputStream().readNBytes(workload.entries() * OK.length());
            if (!OK.repeat(workload.entries()).equals(new String(answers, StandardCharsets.US_ASCII)))
            {
                throw new IllegalStateException("Redis did not take all entries");
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("Redis cannot be filled", ex);
        }
    }

    private void write(final Socket socket)
    {
        try
        {
            final OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            for (int i = 0; i < workload.entries(); i++)
            {
                final byte[] value = workload.valueOf(i);
                out.write(("*3\r\n$3\r\nSET\r\n$" + Workload.KEY_LENGTH + "\r\n" + Workload.keyOf(i) + "\r\n$" +
                    value.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(value);
                out.write('\r');
                out.write('\n');
            }

            out.flush();
        }
        catch (final IOException ex)
        {
            server.close();
        }
    }

    @Override
    public String name(final int row)
    {
        return "redis-benchmark -c 50 -P 16";
    }

    @Override
    public Subject[] open(final int thread)
    {
        throw new UnsupportedOperationException("its own benchmark drives it");
    }

    @Override
    public Measurement[] turn(final Plan plan, final boolean[] batched, final long durationNs)
        throws InterruptedException
    {
        final double seconds = durationNs / (double) TimeUnit.SECONDS.toNanos(1);
        final long requests = lastRate == 0 ? FIRST_REQUESTS : Math.max(LEAST_REQUESTS, (long) (lastRate * seconds));
        lastRate = measure(requests);
        return new Measurement[]{PipelinedSide.throughput(lastRate, HIDDEN, requests, 0, HIDDEN)};
    }

    private double measure(final long requests) throws InterruptedException
    {
        try (ChildProcess benchmark = new ChildProcess(BENCHMARK, List.of(
            BENCHMARK, "-p", Integer.toString(server.port()),
            "-c", "50", "-P", "16", "-t", "get", "-n", Long.toString(requests),
            "-r", Integer.toString(workload.entries()), "-d", Integer.toString(workload.valueLength()), "--csv")))
        {
            final String row = benchmark.await(ROW);
            return Double.parseDouble(row.substring(0, row.indexOf('"')));
        }
    }

    @Override
    public void close()
    {
        server.close();
    }
}
