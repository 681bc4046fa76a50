package io.peregrine.perf.remote;

import io.peregrine.client.GridClient;
import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.process.Workplace;
import io.peregrine.perf.rig.Measurement;
import io.peregrine.perf.rig.Plan;
import io.peregrine.perf.rig.Scenario;
import io.peregrine.perf.rig.Subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A side beside which a {@link Nuisance} is at work while it has its turn. What the node counts meanwhile of refusals,
 * of things dropped and of clients cut off is kept.
 */
final class Beside implements Scenario
{
    private static final String TOLD = "denied\\..*|.*\\.dropped|messages\\.bad|remote\\.refused|answers\\.delayed";

    private final SortedMap<String, Long> counted = new TreeMap<>();
    private final Scenario active;
    private final Nuisance kind;
    private final GridClient client;
    private final ChildProcess process;

    Beside(
        final Scenario active,
        final Nuisance kind,
        final ServedMap served,
        final Workplace workplace,
        final boolean isIpc)
    {
        this.active = active;
        this.kind = kind;
        client = served.client();
        process = NuisanceProcess.start(
            served.address(),
            isIpc ? Path.of(served.driverDirectory()) : workplace.resolve("nuisance"),
            isIpc,
            kind);
    }

    @Override
    public String name(final int row)
    {
        return "beside " + kind.description();
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
        final Map<String, Long> before = client.grid().nodeStatus().counters();
        process.tell(NuisanceProcess.BEGIN);
        process.await(NuisanceProcess.BEGUN);
        if (kind == Nuisance.stopped)
        {
            signal("-STOP");
        }
        try
        {
            return Scenario.super.turn(plan, batched, durationNs);
        }
        finally
        {
            if (kind == Nuisance.stopped)
            {
                signal("-CONT");
            }
            process.tell(NuisanceProcess.END);
            process.await(NuisanceProcess.ENDED);
            count(before, client.grid().nodeStatus().counters());
        }
    }

    /**
     * What the node counted, over all turns.
     */
    NuisanceCounts counts(final String mode)
    {
        return new NuisanceCounts(mode, kind, counted);
    }

    @Override
    public void close()
    {
        process.close();
    }

    private void count(final Map<String, Long> before, final Map<String, Long> after)
    {
        after.forEach((name, value) ->
        {
            final long more = value - before.getOrDefault(name, 0L);
            if (more > 0 && name.matches(TOLD))
            {
                counted.merge(name, more, Long::sum);
            }
        });
    }

    private void signal(final String signal) throws InterruptedException
    {
        try
        {
            new ProcessBuilder("kill", signal, Long.toString(process.pid())).inheritIO().start().waitFor();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("the process cannot be stopped and let go on: 'kill' is needed", ex);
        }
    }
}
