package io.peregrine.perf.load;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

class WorkloadTest
{
    @Test
    void shouldUseTheSameKeyAsBytesAndAsText()
    {
        check(Workload.uniform(1_000, 8));
        check(Workload.stream(1_000, 8));
        check(Workload.distinct(1_000, 8));
    }

    private static void check(final Workload workload)
    {
        final String[] strings = workload.strings();
        for (int operation = 0; operation < 1_000; operation++)
        {
            final int place = workload.place(operation, 0);
            final String key = strings[workload.keyIndex(place)];
            final String bytes = workload.keys().getStringWithoutLengthAscii(
                workload.keyOffset(place), Workload.KEY_LENGTH);

            assertEquals(Workload.keyOf(workload.number(place)), key);
            assertEquals(key, bytes);
            assertNotSame(Workload.keyOf(1), Workload.keyOf(1));
        }
    }

    @Test
    void shouldUseEachEntryOnceWhenDistinct()
    {
        final Workload workload = Workload.distinct(1_000, 8);
        final Set<Integer> numbers = new HashSet<>();

        for (int operation = 0; operation < 1_000; operation++)
        {
            assertTrue(numbers.add(workload.number(workload.place(operation, 0))));
        }
    }

    @Test
    void shouldLetThreadsBeginInDifferentPlaces()
    {
        final Workload workload = Workload.uniform(1_000, 8);

        assertTrue(workload.place(0, 0) != workload.place(0, 1));
        assertEquals(workload.place(0, 0), workload.place(1 << 20, 0));
    }
}
