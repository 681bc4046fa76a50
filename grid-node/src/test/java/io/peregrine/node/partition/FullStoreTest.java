package io.peregrine.node.partition;

import io.peregrine.client.codec.Action;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.port.ReservedNames;
import io.peregrine.node.partition.Requests.Op;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What happens at the memory limit, under both policies.
 */
class FullStoreTest
{
    private static final int MEMORY = 8 << 20;
    private static final int TOO_MANY = 40_000;

    private final Random random = new Random(5);

    @Test
    void shouldRefuseWhenFullAndLoseNothing()
    {
        try (Bench bench = new Bench(MEMORY, false))
        {
            final int map = bench.define("map", 0, 0);
            final List<byte[]> kept = new ArrayList<>();
            int refused = 0;
            for (int i = 0; i < TOO_MANY; i++)
            {
                final byte[] value = value();
                if (put(bench, map, i, value))
                {
                    kept.add(value);
                    assertEquals(kept.size() + refused - 1, i);
                }
                else
                {
                    assertEquals(Reason.STORE_FULL, bench.reason());
                    refused++;
                    break;
                }
            }
            assertTrue(refused > 0);
            for (int i = 0; i < kept.size(); i++)
            {
                assertArrayEquals(kept.get(i), bench.read(i % Bench.PARTITIONS, map, "key-" + i));
            }
            assertEquals(0, bench.partitions.tally().evicted());
            assertEquals(refused, bench.partitions.tally().storeFull());
        }
    }

    @Test
    void shouldTakeOverwritesOfTheSameLengthWhenFull()
    {
        try (Bench bench = new Bench(MEMORY, false))
        {
            final int map = bench.define("map", 0, 0);
            int count = 0;
            while (put(bench, map, count, new byte[100]))
            {
                count++;
            }
            for (int i = count % Bench.PARTITIONS; i < count; i += Bench.PARTITIONS)
            {
                assertTrue(put(bench, map, i, new byte[100]), "an overwrite needs no memory: " + i);
            }
            assertFalse(put(bench, map, count, new byte[100]));
        }
    }

    @Test
    void shouldTakeWritesAgainAfterRemovals()
    {
        try (Bench bench = new Bench(MEMORY, false))
        {
            final int map = bench.define("map", 0, 0);
            int count = 0;
            while (put(bench, map, count, new byte[300]))
            {
                count++;
            }
            for (int i = 0; i < count; i += 2)
            {
                assertTrue(bench.deliver(bench.requests.command(
                    i % Bench.PARTITIONS, new Op(map, "key-" + i).action(Action.REMOVE))));
            }
            for (int i = 0; i < count * 0.99; i += 2)
            {
                assertTrue(put(bench, map, i, new byte[300]), "full at " + i + " of " + count);
            }
        }
    }

    @Test
    void shouldTakeOtherSizesAfterRemovals()
    {
        try (Bench bench = new Bench(MEMORY, false))
        {
            final int map = bench.define("map", 0, 0);
            int count = 0;
            while (put(bench, map, count, new byte[100]))
            {
                count++;
            }
            for (int i = 0; i < count; i++)
            {
                if (i % 10 != 0)
                {
                    assertTrue(bench.deliver(bench.requests.command(
                        i % Bench.PARTITIONS, new Op(map, "key-" + i).action(Action.REMOVE))));
                }
            }
            int large = 0;
            while (large < 1000 && put(bench, map, count + large, new byte[3000]))
            {
                large++;
            }
            assertEquals(1000, large, "of 3000 bytes in the place of " + count + " of 100");
        }
    }

    @Test
    void shouldEvictWhenFullAndKeepTakingWrites()
    {
        try (Bench bench = new Bench(MEMORY, true))
        {
            final int map = bench.define("map", 0, 0);
            for (int i = 0; i < TOO_MANY; i++)
            {
                final byte[] value = value();
                assertTrue(put(bench, map, i, value), "refused at " + i);
                assertArrayEquals(value, bench.read(i % Bench.PARTITIONS, map, "key-" + i));
            }
            assertTrue(bench.partitions.tally().evicted() > TOO_MANY / 4);
            assertEquals(0, bench.partitions.tally().storeFull());
            assertTrue(bench.partitions.records() > 1000);
            assertNotNull(bench.read((TOO_MANY - 1) % Bench.PARTITIONS, map, "key-" + (TOO_MANY - 1)));
        }
    }

    @Test
    void shouldNotEvictWhatTheGridKeepsForItself()
    {
        try (Bench bench = new Bench(MEMORY, true))
        {
            final int own = bench.define(ReservedNames.VALUES, 0, 0);
            final int map = bench.define("map", 0, 0);
            final byte[] kept = new byte[300];
            for (int i = 0; i < 1000; i++)
            {
                assertTrue(put(bench, own, i, kept), "refused at " + i);
            }
            for (int i = 0; i < TOO_MANY; i++)
            {
                assertTrue(put(bench, map, i, new byte[300]), "refused at " + i);
            }
            assertTrue(bench.partitions.tally().evicted() > 0);
            for (int i = 0; i < 1000; i++)
            {
                assertArrayEquals(kept, bench.read(i % Bench.PARTITIONS, own, "key-" + i), "key " + i + " is gone");
            }
        }
    }

    @Test
    void shouldEvictFromOtherPartitionsWhenOwnIsEmpty()
    {
        try (Bench bench = new Bench(MEMORY, true))
        {
            final int map = bench.define("map", 0, 0);
            for (int i = 0; i < TOO_MANY; i++)
            {
                assertTrue(bench.deliver(bench.requests.command(0, new Op(map, "a" + i).put(new byte[300]))));
            }
            for (int i = 0; i < 1000; i++)
            {
                assertTrue(bench.deliver(bench.requests.command(1, new Op(map, "b" + i).put(new byte[300]))));
            }
        }
    }

    @Test
    void shouldRefuseValueThatNeverFits()
    {
        try (Bench bench = new Bench(4 << 20, true))
        {
            final int map = bench.define("map", 0, 0);
            final byte[] large = new byte[1 << 20];
            int taken = 0;
            for (int i = 0; i < 20; i++)
            {
                taken += put(bench, map, i, large) ? 1 : 0;
            }
            assertTrue(taken > 0);
            assertFalse(bench.partitions.isBroken());
        }
    }

    private static boolean put(final Bench bench, final int map, final int i, final byte[] value)
    {
        return bench.deliver(bench.requests.command(i % Bench.PARTITIONS, new Op(map, "key-" + i).put(value)));
    }

    private byte[] value()
    {
        final byte[] value = new byte[200 + random.nextInt(400)];
        random.nextBytes(value);
        return value;
    }
}
