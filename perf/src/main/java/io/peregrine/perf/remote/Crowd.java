package io.peregrine.perf.remote;

import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.process.Workplace;
import io.peregrine.perf.rig.Measurement;
import io.peregrine.perf.rig.Plan;
import io.peregrine.perf.rig.Scenario;
import io.peregrine.perf.rig.Subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A side beside which many idle clients are connected while it has its turn. What the node's process has in memory is
 * looked at without them and with them.
 */
final class Crowd implements Scenario
{
    private static final String RESIDENT = "VmRSS:";
    private static final double KB_PER_MB = 1024.0;

    private final Scenario active;
    private final int count;
    private final ChildProcess node;
    private final ChildProcess process;
    private double beforeMb = Double.NaN;
    private double withMb = Double.NaN;

    Crowd(
        final Scenario active,
        final int count,
        final ServedMap served,
        final Workplace workplace,
        final boolean isIpc)
    {
        this.active = active;
        this.count = count;
        this.node = served.process();
        process = CrowdProcess.start(
            served.address(),
            isIpc ? Path.of(served.driverDirectory()) : workplace.resolve("crowd"),
            isIpc);
    }

    @Override
    public String name(final int row)
    {
        return "beside idle clients";
    }

    @Override
    public Subject[] open(final int thread)
    {
        return active.open(thread);
    }

    @Override
    public Measurement[] turn(final Plan plan, final boolean[] batched, final long durationNs)
        throws InterruptedException
    {
        beforeMb = Double.isNaN(beforeMb) ? residentMb() : beforeMb;
        process.tell(Integer.toString(count));
        process.await(CrowdProcess.HERE);
        final Measurement[] turn = Scenario.super.turn(plan, batched, durationNs);
        withMb = Double.isNaN(withMb) ? residentMb() : Math.max(withMb, residentMb());
        process.tell("0");
        process.await(CrowdProcess.GONE);
        return turn;
    }

    /**
     * What the node had in memory before anybody came, and the most with all of them.
     */
    ClientsMemory memory(final String mode)
    {
        return new ClientsMemory(mode, count, beforeMb, withMb);
    }

    private double residentMb()
    {
        try
        {
            for (final String line : Files.readAllLines(Path.of("/proc/" + node.pid() + "/status")))
            {
                if (line.startsWith(RESIDENT))
                {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) / KB_PER_MB;
                }
            }

            return Double.NaN;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("the memory of the node's process cannot be read here", ex);
        }
    }

    @Override
    public void close()
    {
        process.close();
    }
}
