package io.peregrine.perf.rig;

import org.agrona.concurrent.NanoClock;

/**
 * Each thread sends the next operation when it has the answer to the last. Shows cost, not behaviour under a given
 * load: a stall is felt by one operation only.
 */
final class ClosedLoop
{
    private final NanoClock clock;
    private final int[] grains;
    private final long operations;

    ClosedLoop(final NanoClock clock, final int[] grains, final long operations)
    {
        this.clock = clock;
        this.grains = grains;
        this.operations = operations;
    }

    /**
     * Run the lanes by turns until a time or until enough has been done; once in any case, so that a thread that came
     * late has measured something too.
     */
    void run(final Lane[] lanes, final long deadlineNs)
    {
        long done = 0;
        do
        {
            for (int i = 0; i < lanes.length; i++)
            {
                if (grains[i] > 0)
                {
                    final long before = lanes[i].operations();
                    lanes[i].run((int) Math.min(grains[i], operations - done));
                    done += lanes[i].operations() - before;
                }
            }
        }
        while (done < operations && clock.nanoTime() - deadlineNs < 0);
    }
}
