package io.peregrine.perf.rig;

import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;

import java.util.concurrent.TimeUnit;

/**
 * Each operation has a time at which it is due, whatever became of those before it, and its latency counts from then: a
 * stall is felt by everything that was due while it lasted. What is due and could not be sent by the end is counted as
 * unsent: the rate was not reached.
 * <p>
 * Operations block: a thread has one under way at a time, so the rate of a thread is bounded by the time of an
 * operation. A higher rate takes more threads; where they do not reach it, the verdict says so.
 */
final class OpenLoop
{
    private final NanoClock clock;
    private final IdleStrategy idle;
    private final double[] shares;
    private final double intervalNs;

    /**
     * @param clock  that says when an operation is due.
     * @param idle   while nothing is due.
     * @param shares of the lanes.
     * @param rate   operations a second on this thread.
     */
    OpenLoop(final NanoClock clock, final IdleStrategy idle, final double[] shares, final double rate)
    {
        this.clock = clock;
        this.idle = idle;
        this.shares = shares;
        this.intervalNs = TimeUnit.SECONDS.toNanos(1) / rate;
    }

    /**
     * Send what is due until a time.
     */
    void run(final Lane[] lanes, final long startNs, final long deadlineNs)
    {
        final double[] credit = new double[lanes.length];
        final long due = (long) ((deadlineNs - startNs) / intervalNs);
        long sent = 0;
        while (sent < due)
        {
            final long intended = startNs + (long) (sent * intervalNs);
            long now = clock.nanoTime();
            while (now - intended < 0)
            {
                idle.idle();
                now = clock.nanoTime();
            }

            if (now - deadlineNs >= 0)
            {
                break;
            }

            lanes[pick(credit)].runDue(intended);
            sent++;
        }

        for (long i = sent; i < due; i++)
        {
            lanes[pick(credit)].unsent(1);
        }
    }

    private int pick(final double[] credit)
    {
        int best = 0;
        for (int i = 0; i < credit.length; i++)
        {
            credit[i] += shares[i];
            best = credit[i] > credit[best] ? i : best;
        }

        credit[best] -= 1;
        return best;
    }
}
