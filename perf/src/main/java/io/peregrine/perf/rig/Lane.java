package io.peregrine.perf.rig;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.agrona.concurrent.NanoClock;

import java.util.concurrent.TimeUnit;

/**
 * What one driving thread does and measures of one row. Written by that thread only; read after it has ended.
 */
final class Lane
{
    private static final long HIGHEST_NS = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 3;

    private final SingleWriterRecorder recorder = new SingleWriterRecorder(HIGHEST_NS, DIGITS);
    private final Subject subject;
    private final NanoClock clock;
    private final Allocation allocation;
    private final boolean batched;
    private long next;
    private long wrong;
    private long unsent;
    private long timedOperations;
    private long timedNs;
    private long allocatedBytes;

    Lane(final Subject subject, final NanoClock clock, final Allocation allocation, final boolean batched)
    {
        this.subject = subject;
        this.clock = clock;
        this.allocation = allocation;
        this.batched = batched;
    }

    /**
     * Do operations back to back. In batches, the time of an operation is that of its batch, and one operation
     * after each is timed on its own for the percentiles: those contain the cost of reading the clock, which the mean
     * hardly does.
     */
    void run(final int count)
    {
        final long before = allocation.bytes();
        if (batched)
        {
            int left = count;
            while (left > 0)
            {
                final int size = Math.min(left - 1, Plan.BATCH);
                batch(size);
                single();
                left -= size + 1;
            }
        }
        else
        {
            for (int i = 0; i < count; i++)
            {
                single();
            }
        }

        allocatedBytes += allocation.bytes() - before;
    }

    private void batch(final int count)
    {
        final long start = clock.nanoTime();
        wrong += subject.run(next, count);
        timedNs += clock.nanoTime() - start;
        timedOperations += count;
        next += count;
    }

    private void single()
    {
        final long start = clock.nanoTime();
        wrong += subject.run(next, 1);
        final long took = clock.nanoTime() - start;
        recorder.recordValue(Math.min(took, HIGHEST_NS));
        next++;
        timedNs += took;
        timedOperations++;
    }

    /**
     * Do one operation that was due at a time, and count its latency from then.
     */
    void runDue(final long intendedNs)
    {
        final long before = allocation.bytes();
        wrong += subject.run(next, 1);
        next++;
        final long took = Math.max(0, clock.nanoTime() - intendedNs);
        recorder.recordValue(Math.min(took, HIGHEST_NS));
        timedNs += took;
        timedOperations++;
        allocatedBytes += allocation.bytes() - before;
    }

    /**
     * Operations that were due and could not be sent in time.
     */
    void unsent(final long count)
    {
        unsent += count;
    }

    void close()
    {
        subject.close();
    }

    long operations()
    {
        return next;
    }

    long wrong()
    {
        return wrong;
    }

    long unsent()
    {
        return unsent;
    }

    long timedOperations()
    {
        return timedOperations;
    }

    long timedNs()
    {
        return timedNs;
    }

    long allocatedBytes()
    {
        return allocatedBytes;
    }

    Histogram histogram()
    {
        return recorder.getIntervalHistogram();
    }
}
