package io.peregrine.storage.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.peregrine.storage.codec.Action;
import org.junit.jupiter.api.Test;

/**
 * What is told of an entry before it is taken, against what applying it takes.
 */
class EntryPagesTest
{
    private final EntryPages pages = new EntryPages();

    @Test
    void shouldNeverTakeMoreThanToldWhenEntriesAreRandom()
    {
        final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());
        int most = 0;
        for (int round = 0; round < 30; round++)
        {
            final RandomEntries source = new RandomEntries(seed + round);
            source.keys = 10 + 100 * round;
            source.maxValue = 10 + 1_500 * round;
            source.isChurning = round % 5 == 0;
            try (StoreFixture fixture = new StoreFixture())
            {
                for (int i = 0; i < 600; i++)
                {
                    source.next();
                    final int told = pages.worst(source.entries.buffer, 0);
                    final int before = fixture.pool.usedPages();
                    fixture.apply(source.entries);
                    final int taken = fixture.pool.usedPages() - before;
                    assertTrue(taken <= told, () -> taken + " of " + told + " with -Dseed=" + seed);
                    most = Math.max(most, taken);
                }
            }
        }
        assertTrue(most > 1, "nothing took pages");
    }

    @Test
    void shouldTellNothingWhenEntryOnlyTakesAway()
    {
        final Entries entries = new Entries();
        assertEquals(0, pages.worst(entries.command(Cmd.of(1, Action.REMOVE, "key")).buffer, 0));
        assertEquals(0, pages.worst(entries.drop(1).buffer, 0));
        assertEquals(0, pages.worst(entries.advanceTime().buffer, 0));
    }

    @Test
    void shouldTellSumWhenEntryIsBatch()
    {
        final Entries entries = new Entries();
        final int one = pages.worst(entries.command(Cmd.put(1, "key", "value")).buffer, 0);
        assertTrue(one > 0);
        final List<Cmd> three =
            List.of(Cmd.put(1, "key", "value"), Cmd.of(1, Action.REMOVE, "key"), Cmd.put(1, "other", "value"));
        assertEquals(2 * one, pages.worst(entries.batch(three).buffer, 0));
    }
}
