package io.peregrine.perf.store;

import io.peregrine.perf.load.Workload;
import io.peregrine.perf.rig.JsonLines;
import io.peregrine.perf.rig.Plan;
import io.peregrine.perf.rig.Progress;
import io.peregrine.perf.rig.Result;
import io.peregrine.perf.rig.Rounds;
import io.peregrine.perf.rig.Scenario;
import io.peregrine.perf.rig.Table;

import java.util.ArrayList;
import java.util.List;

/**
 * All that is measured of the store alone.
 */
public final class StoreBench
{
    private static final double[] ALL = {1.0};
    private static final String MODE = "store";

    private final List<Result> puts = new ArrayList<>();
    private Growth memory;
    private Growth growth;

    /**
     * Measure.
     *
     * @param entries  of the maps that are overwritten, filled and weighed.
     * @param grown    entries that the growing store ends with; 0 to leave that out.
     * @param value    length of the values.
     * @param rounds   of turns.
     * @param seconds  of overwriting, for each side.
     * @param progress to tell.
     * @throws InterruptedException when interrupted.
     */
    public void run(
        final int entries,
        final long grown,
        final int value,
        final int rounds,
        final double seconds,
        final Progress progress) throws InterruptedException
    {
        final Plan overwrite = Plan.closed(MODE, new String[]{"overwrite"}, ALL, 1, rounds, seconds);
        final Plan insert = Plan.closed(MODE, new String[]{"insert"}, ALL, 1, rounds, seconds).counted(entries);
        puts(overwrite, Workload.uniform(entries, value), false, progress);
        puts(insert, Workload.distinct(entries, value), true, progress);
        memory = Growth.measure(entries, value, progress);
        growth = grown > 0 ? Growth.measure(grown, value, progress) : null;
    }

    private void puts(final Plan plan, final Workload workload, final boolean fresh, final Progress progress)
        throws InterruptedException
    {
        try (Scenario store = new StorePuts(workload, fresh); Scenario heap = new HeapPuts(workload, fresh))
        {
            puts.addAll(new Rounds(plan, store, heap, progress).run());
        }
    }

    /**
     * As JSON.
     *
     * @return one object for each line.
     */
    public List<String> json()
    {
        final List<String> lines = new ArrayList<>();
        for (final Result result : puts)
        {
            lines.add(JsonLines.of(result));
        }

        lines.add(memory.memoryJson());
        if (growth != null)
        {
            lines.add(growth.growthJson());
        }

        return lines;
    }

    /**
     * For people.
     *
     * @return several lines.
     */
    public String text()
    {
        final String end = System.lineSeparator();
        return Table.of(puts) + memory.memoryText() + end + (growth == null ? "" : growth.growthText() + end);
    }
}
