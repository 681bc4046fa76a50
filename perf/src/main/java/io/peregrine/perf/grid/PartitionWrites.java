package io.peregrine.perf.grid;

import io.peregrine.client.AsyncGridMap;
import io.peregrine.client.Codecs;
import io.peregrine.client.Grid;
import io.peregrine.client.GridException;
import io.peregrine.client.GridMap;
import io.peregrine.client.RefusedException;
import io.peregrine.client.port.KeyHash;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes to partitions at a steady pace, each to a key of its own and one at a time, rising numbers. Knows of each
 * partition when it first answered after a moment, and what it must still hold. A thread of its own; answers come on
 * another; whoever measures asks from a third.
 */
public final class PartitionWrites implements AutoCloseable
{
    /**
     * What was asked before a moment and is answered so long after it was not answered by who served before.
     */
    static final long NOTICED_NS = TimeUnit.MILLISECONDS.toNanos(100);

    static final String MAP = "outages";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long ANSWER_LIMIT_NS = TimeUnit.SECONDS.toNanos(180);
    private static final long READ_LIMIT_NS = TimeUnit.SECONDS.toNanos(30);

    private final GridMap<String, Long> map;
    private final AsyncGridMap<String, Long> async;
    private final Track[] tracks;
    private final long periodNs;
    private final Thread thread;
    private volatile boolean isClosed;
    private volatile Throwable failure;

    /**
     * Begin to write.
     *
     * @param grid     in which.
     * @param keys     of {@link #keys(int)}: those of the partitions to write to.
     * @param periodNs from write to write of one.
     */
    public PartitionWrites(final Grid grid, final List<String> keys, final long periodNs)
    {
        map = grid.map(MAP, Codecs.STRING, Codecs.LONG).within(PATIENCE);
        async = map.async();
        this.periodNs = periodNs;
        tracks = keys.stream().map(Track::new).toArray(Track[]::new);
        thread = new Thread(this::run, "writes");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * A key for each partition.
     *
     * @param partitions of the grid.
     * @return in the order of partitions.
     */
    public static List<String> keys(final int partitions)
    {
        final String[] keys = new String[partitions];
        for (int i = 0, found = 0; found < partitions; i++)
        {
            final String key = "key-" + i;
            final byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            final int partition = KeyHash.partition(
                KeyHash.hash(new UnsafeBuffer(bytes), 0, bytes.length), partitions);
            if (keys[partition] == null)
            {
                keys[partition] = key;
                found++;
            }
        }

        return List.of(keys);
    }

    private void run()
    {
        try
        {
            write();
        }
        catch (final Throwable ex)
        {
            failure = ex;
        }
    }

    private void write()
    {
        while (!isClosed)
        {
            final long nowNs = System.nanoTime();
            for (final Track track : tracks)
            {
                if (track.isDue(nowNs, periodNs))
                {
                    track.write(nowNs);
                }
            }
            LockSupport.parkNanos(STEP_NS);
        }
    }

    /**
     * From now on, look when partitions answer.
     */
    public void mark()
    {
        final long nowNs = System.nanoTime();
        for (final Track track : tracks)
        {
            track.mark(nowNs);
        }
    }

    /**
     * When a partition answered first.
     *
     * @param number of its key among those that are written.
     * @return how long after the mark, or -1 while it has not.
     */
    public long answeredAfter(final int number)
    {
        return tracks[number].answeredAfter();
    }

    /**
     * Wait until partitions have answered since the mark.
     *
     * @param numbers of their keys among those that are written.
     * @throws IllegalStateException when one has not for long, or nothing is written any more.
     */
    public void awaitAnswers(final List<Integer> numbers)
    {
        final long startNs = System.nanoTime();
        while (numbers.stream().anyMatch((number) -> answeredAfter(number) < 0))
        {
            if (failure != null)
            {
                throw new IllegalStateException("the writing failed: " + failure, failure);
            }
            if (System.nanoTime() - startNs > ANSWER_LIMIT_NS)
            {
                throw new IllegalStateException("a partition acknowledged nothing for " +
                    TimeUnit.NANOSECONDS.toSeconds(ANSWER_LIMIT_NS) + " s");
            }
            LockSupport.parkNanos(STEP_NS);
        }
    }

    /**
     * @return writes that were acknowledged.
     */
    long acknowledged()
    {
        long sum = 0;
        for (final Track track : tracks)
        {
            sum += track.acknowledged();
        }

        return sum;
    }

    /**
     * @return writes that were not acknowledged in the end: refused, or with an unknown outcome.
     */
    long unacknowledged()
    {
        long sum = 0;
        for (final Track track : tracks)
        {
            sum += track.unacknowledged();
        }

        return sum;
    }

    /**
     * End the writing and read everything.
     *
     * @return partitions that lack an acknowledged write.
     */
    int lost()
    {
        close();
        int lost = 0;
        for (final Track track : tracks)
        {
            lost += track.isLost(read(track.key)) ? 1 : 0;
        }

        return lost;
    }

    private Long read(final String key)
    {
        final long startNs = System.nanoTime();
        while (true)
        {
            try
            {
                return map.get(key);
            }
            catch (final GridException notYet)
            {
                if (System.nanoTime() - startNs > READ_LIMIT_NS)
                {
                    throw notYet;
                }
                LockSupport.parkNanos(STEP_NS);
            }
        }
    }

    /**
     * End the writing, and wait for the answers that are still to come.
     */
    @Override
    public void close()
    {
        isClosed = true;
        final long startNs = System.nanoTime();
        for (final Track track : tracks)
        {
            while (track.isWaiting() && failure == null && System.nanoTime() - startNs < READ_LIMIT_NS)
            {
                LockSupport.parkNanos(STEP_NS);
            }
        }
    }

    /**
     * The writes to one partition.
     */
    private final class Track
    {
        private final String key;
        private long number;
        private long writtenNs;
        private boolean isWaiting;
        private long written;
        private long failed;
        private long highest;
        private boolean mayBeLater;
        private long markNs;
        private long answeredNs;
        private boolean isAnswered;

        private Track(final String key)
        {
            this.key = key;
            writtenNs = System.nanoTime();
        }

        private synchronized boolean isDue(final long nowNs, final long afterNs)
        {
            return !isWaiting && nowNs - writtenNs >= afterNs;
        }

        private void write(final long nowNs)
        {
            final long value;
            synchronized (this)
            {
                if (isClosed)
                {
                    return;
                }
                isWaiting = true;
                writtenNs = nowNs;
                value = ++number;
            }
            async.set(key, value).whenComplete((version, error) -> onAnswer(value, error));
        }

        private synchronized void onAnswer(final long value, final Throwable error)
        {
            isWaiting = false;
            if (error != null)
            {
                failed++;
                mayBeLater |= !(error instanceof RefusedException);
                return;
            }

            written++;
            highest = value;
            final long nowNs = System.nanoTime();
            if (!isAnswered && (writtenNs - markNs > 0 || nowNs - markNs >= NOTICED_NS))
            {
                isAnswered = true;
                answeredNs = nowNs;
            }
        }

        private synchronized void mark(final long nowNs)
        {
            markNs = nowNs;
            isAnswered = false;
        }

        private synchronized long answeredAfter()
        {
            return isAnswered ? answeredNs - markNs : -1;
        }

        private synchronized long acknowledged()
        {
            return written;
        }

        private synchronized long unacknowledged()
        {
            return failed;
        }

        private synchronized boolean isWaiting()
        {
            return isWaiting;
        }

        /**
         * A write with an unknown outcome may be carried out after later ones.
         */
        private synchronized boolean isLost(final Long found)
        {
            return highest > 0 && (found == null || found < highest && !mayBeLater);
        }
    }
}
