package io.peregrine.storage.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MemoryBudgetTest
{
    private static final long LIMIT = 64_000;
    private static final long REGIONS = 63_000;

    @Test
    void shouldGiveAllToOneAgentButWhatOthersAreSureOf()
    {
        final MemoryBudget[] shares = MemoryBudget.shares(LIMIT, 4);
        final long sure = REGIONS / 8;
        assertEquals(REGIONS - 3 * sure, shares[0].available());
        assertTrue(shares[0].tryReserve(REGIONS - 3 * sure));
        assertFalse(shares[0].tryReserve(1));
        assertTrue(shares[0].isCommonShort());
        for (int i = 1; i < 4; i++)
        {
            assertEquals(sure, shares[i].available());
            assertTrue(shares[i].tryReserve(sure));
            assertFalse(shares[i].tryReserve(1));
        }
        shares[0].release(10);
        assertFalse(shares[0].tryReserve(11));
        assertTrue(shares[3].tryReserve(10));
        shares[3].release(20);
        assertEquals(10, shares[2].available());
        assertEquals(20, shares[3].available());
    }

    @Test
    void shouldCountWhatCannotBeRefused()
    {
        final MemoryBudget[] shares = MemoryBudget.shares(LIMIT, 2);
        assertTrue(shares[0].tryReserve(shares[0].available()));
        shares[0].charge(500);
        assertEquals(0, shares[0].available());
        shares[0].release(400);
        assertFalse(shares[0].tryReserve(1));
        shares[0].release(101);
        assertTrue(shares[0].tryReserve(1));
    }

    @Test
    void shouldBeExactForOne()
    {
        final MemoryBudget budget = new MemoryBudget(LIMIT);
        assertEquals(REGIONS, budget.regionLimit());
        assertTrue(budget.tryReserve(REGIONS));
        assertFalse(budget.tryReserve(1));
        assertFalse(budget.isCommonShort());
        assertThrows(IllegalArgumentException.class, () -> new MemoryBudget(0));
    }

    @Test
    @Timeout(120)
    void shouldNeverPassTheLimitWhenSharesAreUsedAtOnce() throws InterruptedException
    {
        final MemoryBudget[] shares = MemoryBudget.shares(LIMIT, 3);
        final Thread[] threads = new Thread[shares.length];
        for (int i = 0; i < threads.length; i++)
        {
            final MemoryBudget own = shares[i];
            threads[i] = new Thread(() -> use(own));
            threads[i].start();
        }
        boolean isOver = false;
        for (final Thread thread : threads)
        {
            while (thread.isAlive())
            {
                isOver |= shares[0].reserved() > REGIONS;
                Thread.onSpinWait();
            }
            thread.join();
        }
        assertFalse(isOver);
        for (final MemoryBudget share : shares)
        {
            assertEquals(0, share.reserved());
            assertEquals(REGIONS - 2 * (REGIONS / 6), share.available());
        }
    }

    private static void use(final MemoryBudget own)
    {
        final Random random = ThreadLocalRandom.current();
        for (int i = 0; i < 200_000; i++)
        {
            final long bytes = random.nextInt((int) REGIONS);
            if (own.tryReserve(bytes))
            {
                own.charge(3);
                own.release(bytes + 3);
            }
        }
    }
}
