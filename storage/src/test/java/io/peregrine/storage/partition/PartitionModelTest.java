package io.peregrine.storage.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Long random rows of entries, with repeated and lost requests, beside a model in plain Java.
 */
class PartitionModelTest
{
    @Test
    void shouldAgreeWithModelWhenEntriesAreRandom()
    {
        final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());
        for (int round = 0; round < 40; round++)
        {
            run(seed + round, 40, 30, 1_500);
        }
    }

    @Test
    void shouldAgreeWithModelWhenKeptResultsGiveWay()
    {
        final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());
        for (int round = 0; round < 5; round++)
        {
            run(seed + round, 20_000, 20, 1_500);
        }
    }

    private static void run(final long seed, final int maxValue, final int keys, final int count)
    {
        final String message = "with -Dseed=" + seed;
        final RandomEntries random = new RandomEntries(seed);
        random.maxValue = maxValue;
        random.keys = keys;
        final List<byte[]> log = new ArrayList<>();
        try (StoreFixture first = new StoreFixture(); StoreFixture second = new StoreFixture())
        {
            for (int i = 0; i < count; i++)
            {
                random.next();
                log.add(random.entries.bytes());
                assertEquals(random.expected, first.apply(random.entries), message);
                if (i % 250 == 0)
                {
                    random.check(first);
                }
            }
            random.check(first);
            final long digest = first.store.digest();
            for (int i = 0; i < count; i++)
            {
                if (i % 100 == 0)
                {
                    assertNotEquals(digest, second.store.digest(), message);
                }
                second.apply(new UnsafeBuffer(log.get(i)), log.get(i).length);
            }
            assertEquals(first.store.digest(), second.store.digest(), message);
        }
    }
}
