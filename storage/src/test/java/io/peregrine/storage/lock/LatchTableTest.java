package io.peregrine.storage.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.storage.codec.LockAction;
import io.peregrine.storage.codec.ResultStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Latches, one command after the other.
 */
class LatchTableTest
{
    private static final String START = "start";

    private final Permits latches = new Permits(LatchTable::new);

    @AfterEach
    void close()
    {
        latches.close();
    }

    @Test
    void shouldLetAllGoOnInOrderWhenNothingIsLeft()
    {
        assertEquals(ResultStatus.APPLIED, latches.countDown(START, 2));
        assertEquals(1, latches.told());
        assertEquals(ResultStatus.HELD, await(1, 0));
        assertEquals(ResultStatus.QUEUED, await(1, 50));
        final long first = latches.told();
        assertEquals(ResultStatus.QUEUED, await(2, 50));
        final long second = latches.told();
        assertEquals(ResultStatus.QUEUED, await(2, 50));
        assertEquals(second, latches.told());
        assertEquals(ResultStatus.APPLIED, latches.countDown(START, 2));
        assertEquals(0, latches.told());
        final String on = "=" + latches.sequence + "@0 ";
        assertEquals(first + on + second + on, latches.woken());
        assertEquals(0, latches.waiters(START));
        assertEquals(ResultStatus.APPLIED, await(3, 50));
        assertTrue(latches.told() != 0);
    }

    @Test
    void shouldStayAtNothingWhenCountedFurther()
    {
        latches.countDown(START, 1);
        assertEquals(ResultStatus.APPLIED, latches.countDown(START, 1));
        assertEquals(0, latches.told());
        assertEquals(0, latches.free(START));
    }

    @Test
    void shouldPassOverThoseWhoseTimeIsOver()
    {
        await(1, 50);
        final long ticket = latches.told();
        latches.time += 50;
        latches.countDown(START, 2);
        latches.countDown(START, 2);
        assertEquals(ticket + "=0@0 ", latches.woken());
    }

    @Test
    void shouldNameTheCountWhenItIsNamedWithAnother()
    {
        latches.countDown(START, 2);
        assertEquals(ResultStatus.OTHER_TOTAL, latches.countDown(START, 3));
        assertEquals(2, latches.told());
        assertEquals(1, latches.free(START));
    }

    @Test
    void shouldRememberAnOpenLatchForADayAndAnotherForEver()
    {
        latches.countDown(START, 1);
        latches.countDown("other", 2);
        latches.time += PermitTable.FORGOTTEN_AFTER_NS - 1;
        latches.expire(START);
        assertTrue(latches.look(START));
        latches.time += 1;
        latches.expire(START);
        latches.time += 1000 * PermitTable.FORGOTTEN_AFTER_NS;
        latches.expire("other");
        assertFalse(latches.look(START));
        assertEquals(1, latches.free("other"));
    }

    @Test
    void shouldCountAnewWhenForcedAndKeepThoseWhoWait()
    {
        assertEquals(ResultStatus.NOT_HOLDER, latches.by(LockAction.FORCE, START, 0, 0, 0));
        latches.countDown(START, 2);
        await(1, 50);
        assertEquals(ResultStatus.APPLIED, latches.by(LockAction.FORCE, START, 0, 0, 0));
        assertEquals(1, latches.told());
        assertEquals(2, latches.free(START));
        assertEquals(1, latches.waiters(START));
        assertEquals(ResultStatus.APPLIED, latches.by(LockAction.LEAVE, START, 1, 0, 0));
        assertEquals(ResultStatus.NOT_HOLDER, latches.by(LockAction.LEAVE, START, 1, 0, 0));
        assertEquals(ResultStatus.APPLIED, latches.by(LockAction.FORCE, START, 0, 0, 0));
        assertFalse(latches.look(START));
    }

    @Test
    void shouldSayHowItIsToThoseWhoWaitAndToOthers()
    {
        assertEquals(ResultStatus.NOT_HOLDER, latches.table.look(latches.on(START).by(1, 1, 0)));
        await(1, 50);
        final long ticket = latches.told();
        assertEquals(ResultStatus.QUEUED, latches.table.look(latches.on(START).by(1, 1, 0)));
        assertEquals(ticket, latches.told());
        assertEquals(ResultStatus.HELD, latches.table.look(latches.on(START).by(2, 2, 0)));
        assertEquals(ResultStatus.APPLIED, latches.table.look(latches.on(START).by(0, 0, 0)));
        latches.countDown(START, 2);
        latches.countDown(START, 2);
        assertEquals(ResultStatus.APPLIED, latches.table.look(latches.on(START).by(1, 1, 0)));
    }

    private ResultStatus await(final long waiter, final long wait)
    {
        return latches.acquire(START, 2, 0, waiter, 0, wait);
    }
}
