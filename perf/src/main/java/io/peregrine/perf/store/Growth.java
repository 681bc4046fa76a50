package io.peregrine.perf.store;

import io.peregrine.perf.load.Workload;
import io.peregrine.perf.rig.HiccupMeter;
import io.peregrine.perf.rig.JsonLines;
import io.peregrine.perf.rig.Progress;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Inserts from empty to many, each timed on its own, on the calling thread: a pause to rehash shows as a tail. Tells
 * what the entries weigh in the end, too.
 *
 * @param entries   inserted.
 * @param rawBytes  of their keys and values.
 * @param heldBytes by the store for them.
 * @param inserts   their times, nanoseconds.
 * @param hiccups   part of the time that the machine took away.
 */
record Growth(long entries, long rawBytes, long heldBytes, Histogram inserts, double hiccups)
{
    private static final long HIGHEST_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int STEP = 1 << 16;
    private static final double TAIL = 99.99;
    private static final double MOST_HICCUPS = 0.05;
    private static final double NS_PER_US = 1_000.0;
    private static final double BYTES_PER_MB = 1_000_000.0;
    private static final long ODD = 0x9E3779B97F4A7C15L;

    /**
     * Insert.
     *
     * @return what was measured.
     */
    static Growth measure(final long entries, final int valueLength, final Progress progress)
    {
        final UnsafeBuffer key = new UnsafeBuffer(new byte[Workload.KEY_LENGTH]);
        final UnsafeBuffer value = new UnsafeBuffer(new byte[valueLength]);
        final Histogram inserts = new Histogram(HIGHEST_NS, 3);
        final HiccupMeter meter = HiccupMeter.start();
        try (Partitions partitions = new Partitions(entries, valueLength, Workload.KEY_LENGTH))
        {
            for (long i = 0; i < entries; i++)
            {
                key.putLong(0, i * ODD);
                key.putLong(Long.BYTES, i);
                final long start = System.nanoTime();
                final boolean done = partitions.put(key, 0, Workload.KEY_LENGTH, value, valueLength);
                inserts.recordValue(Math.min(HIGHEST_NS, System.nanoTime() - start));
                if (!done)
                {
                    throw new IllegalStateException("the store is full after " + i + " entries");
                }

                partitions.upkeep();
                if (i % STEP == 0)
                {
                    progress.at("growing", i / (double) entries);
                }
            }

            meter.close();
            if (partitions.size() != entries)
            {
                throw new IllegalStateException(entries + " inserted, and there are " + partitions.size());
            }

            final long raw = entries * (Workload.KEY_LENGTH + valueLength);
            return new Growth(entries, raw, partitions.reservedBytes(), inserts, meter.share());
        }
    }

    double weight()
    {
        return heldBytes / (double) rawBytes;
    }

    double tailRatio()
    {
        return inserts.getValueAtPercentile(TAIL) / (double) inserts.getValueAtPercentile(50);
    }

    String memoryJson()
    {
        return "{\"name\":\"memory\",\"mode\":\"store\",\"entries\":" + entries +
            ",\"raw_bytes\":" + rawBytes +
            ",\"held_bytes\":" + heldBytes +
            ",\"ratio\":" + JsonLines.number(weight()) +
            ",\"verdict\":\"OK\"}";
    }

    String growthJson()
    {
        return "{\"name\":\"growth\",\"mode\":\"store\",\"entries\":" + entries +
            ",\"p50_us\":" + JsonLines.number(at(50)) +
            ",\"p99_us\":" + JsonLines.number(at(99)) +
            ",\"p9999_us\":" + JsonLines.number(at(TAIL)) +
            ",\"max_us\":" + JsonLines.number(inserts.getMaxValue() / NS_PER_US) +
            ",\"ratio\":" + JsonLines.number(tailRatio()) +
            ",\"verdict\":\"" + (hiccups > MOST_HICCUPS ? "INVALID" : "OK") + "\"}";
    }

    String memoryText()
    {
        return String.format(
            Locale.ROOT,
            "memory: %,d entries of %.1f MB hold %.1f MB, %.2f x",
            entries,
            rawBytes / BYTES_PER_MB,
            heldBytes / BYTES_PER_MB,
            weight());
    }

    String growthText()
    {
        return String.format(
            Locale.ROOT,
            "growth: 0 to %,d entries, an insert p50 %.2f us, p99 %.2f us, p99.99 %.2f us (%.0f x), max %.0f us: %s",
            entries,
            at(50),
            at(99),
            at(TAIL),
            tailRatio(),
            inserts.getMaxValue() / NS_PER_US,
            hiccups > MOST_HICCUPS ? "INVALID, the machine had hiccups" : "OK");
    }

    private double at(final double percentile)
    {
        return inserts.getValueAtPercentile(percentile) / NS_PER_US;
    }
}
