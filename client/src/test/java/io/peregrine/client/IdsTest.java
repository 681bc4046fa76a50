package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Ids with clocks driven by hand, and slots that are a model of the grid's.
 */
class IdsTest
{
    private static final long NOON_MS = 30_000_000_000L;
    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);

    private final FakeSlots grid = new FakeSlots();
    private final Set<Long> made = new HashSet<>();
    private long wallMs = NOON_MS;
    private long nanoTime = Long.MAX_VALUE - 1_000_000_000L;

    /**
     * A handle whose monotonic clock goes on by a step with each look.
     */
    private PortIds ids(final long stepNs)
    {
        return new PortIds("trades", grid, () -> GridIds.EPOCH_MS + wallMs, () -> nanoTime += stepNs);
    }

    private long take(final GridIds ids, final int count)
    {
        long last = -1;
        for (int i = 0; i < count; i++)
        {
            final long id = ids.next();
            assertTrue(id > last, "ids of a handle rise");
            assertTrue(made.add(id), "made twice");
            last = id;
        }
        return last;
    }

    private long pass(final long ms)
    {
        wallMs += ms;
        nanoTime += TimeUnit.MILLISECONDS.toNanos(ms);
        return wallMs;
    }

    private static long timeOf(final long id)
    {
        return GridIds.timeOf(id) - GridIds.EPOCH_MS;
    }

    @Test
    void shouldTellTimeAndSlot()
    {
        final PortIds ids = ids(0);
        grid.next = 1023;
        final long first = take(ids, 1);
        assertEquals(NOON_MS, timeOf(first));
        assertEquals(1023, GridIds.slotOf(first));
        final long later = pass(3);
        final long second = take(ids, 1);
        assertEquals(later, timeOf(second));
        assertEquals(first >>> 22, NOON_MS);
        assertEquals(0, second & 4095);
        assertEquals(1, take(ids, 1) & 4095);
    }

    @Test
    void shouldMakeNoMoreThanTheCounterHoldsInAMillisecond()
    {
        final PortIds ids = ids(100);
        assertEquals(NOON_MS, timeOf(take(ids, 4096)));
        assertEquals(NOON_MS + 8, timeOf(take(ids, 7 * 4096 + 1)));
    }

    @Test
    void shouldAskTheGridOnceForEachStretch()
    {
        final PortIds ids = ids(0);
        for (int i = 0; i < 100; i++)
        {
            take(ids, 10);
            pass(PortIds.STRETCH_MS / 100);
        }
        assertEquals(1, grid.keeps);
        take(ids, 10);
        assertEquals(2, grid.keeps);
        pass(10 * PortIds.STRETCH_MS);
        assertEquals(wallMs, timeOf(take(ids, 10)));
        assertEquals(3, grid.keeps);
        assertEquals(1, grid.takes);
    }

    @Test
    void shouldGoOnWhenTheWallClockIsSetBack()
    {
        final PortIds ids = ids(0);
        long last = take(ids, 10);
        wallMs -= HOUR_MS;
        for (int i = 0; i < 100; i++)
        {
            pass(PortIds.STRETCH_MS / 3);
            final long id = take(ids, 10);
            assertTrue(id > last, "an id of before");
            last = id;
        }
        assertTrue(timeOf(last) - wallMs < HOUR_MS, "ahead by " + (timeOf(last) - wallMs));
        assertTrue(timeOf(last) > NOON_MS);
        wallMs += 2 * HOUR_MS;
        pass(3 * PortIds.STRETCH_MS);
        assertEquals(wallMs, timeOf(take(ids, 1)));
    }

    @Test
    void shouldNotRepeatAfterAnEndWithoutAWord()
    {
        for (int i = 0; i < 10; i++)
        {
            take(ids(0), 900);
            grid.expire();
            wallMs -= i % 3 == 0 ? HOUR_MS : 0;
        }
        assertEquals(10, grid.takes);
        assertTrue(grid.keptUntil[0] >= NOON_MS + 10 * PortIds.STRETCH_MS);
    }

    @Test
    void shouldGiveBackWhatWasNotUsed()
    {
        for (int i = 0; i < 10; i++)
        {
            final PortIds ids = ids(0);
            take(ids, 10);
            ids.close();
            ids.close();
            assertFalse(grid.isTaken[0]);
            assertEquals(NOON_MS + i + 1, grid.keptUntil[0]);
        }
        final PortIds ids = ids(0);
        take(ids, 1);
        ids.close();
        take(ids, 1);
        assertEquals(12, grid.takes);
    }

    @Test
    void shouldTakeAnotherSlotWhenTheLeaseIsLostAndRefuseUntilThen()
    {
        final PortIds ids = ids(0);
        final long before = take(ids, 10);
        grid.expire();
        grid.next = 5;
        grid.isFull = true;
        for (int i = 0; i < 3; i++)
        {
            assertEquals(ErrorCode.NO_SLOT, assertThrows(RefusedException.class, ids::next).code());
        }
        grid.isFull = false;
        wallMs -= HOUR_MS;
        final long after = take(ids, 10);
        assertTrue(after > before);
        assertEquals(5, GridIds.slotOf(after));
    }

    @Test
    void shouldNotUseAStretchThatItMayNotHaveKept()
    {
        final PortIds ids = ids(0);
        grid.isUnsure = true;
        assertEquals(ErrorCode.TIMEOUT, assertThrows(RefusedException.class, ids::next).code());
        grid.isUnsure = false;
        assertTrue(timeOf(take(ids, 1)) >= NOON_MS + PortIds.STRETCH_MS);
        pass(2 * PortIds.STRETCH_MS);
        grid.lostKeeps = 3;
        take(ids, 1);
        pass(2 * PortIds.STRETCH_MS);
        grid.lostKeeps = 100;
        assertEquals(ErrorCode.NO_SLOT, assertThrows(RefusedException.class, ids::next).code());
    }

    @Test
    void shouldNotUseWhatItWasGivenTooLate()
    {
        final PortIds ids = ids(0);
        grid.lateKeeps = 2;
        take(ids, 1);
        assertEquals(3, grid.takes);
    }
}
