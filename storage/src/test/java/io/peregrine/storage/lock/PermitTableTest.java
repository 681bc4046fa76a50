package io.peregrine.storage.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.storage.codec.LockAction;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.codec.StructureKind;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Semaphores, one command after the other.
 */
class PermitTableTest
{
    private static final String POOL = "pool";

    private final Permits permits = new Permits(PermitTable::new);

    @AfterEach
    void close()
    {
        permits.close();
    }

    @Test
    void shouldGiveWhatIsFreeAndNoMore()
    {
        assertEquals(ResultStatus.APPLIED, acquire(3, 1, 50, 0));
        assertEquals(permits.sequence, permits.told());
        assertEquals(51, permits.call.toldEnd());
        assertEquals(ResultStatus.HELD, acquire(3, 2, 50, 0));
        assertEquals(ResultStatus.APPLIED, acquire(2, 2, 50, 0));
        assertEquals(0, permits.free(POOL));
        assertEquals(2, permits.holders(POOL));
    }

    @Test
    void shouldNameTheTotalWhenItIsNamedWithAnother()
    {
        acquire(3, 1, 50, 0);
        assertEquals(ResultStatus.OTHER_TOTAL, permits.acquire(POOL, 6, 1, 2, 50, 0));
        assertEquals(5, permits.told());
        assertEquals(2, permits.free(POOL));
    }

    @Test
    void shouldRememberTheTotalForADayWhenNobodyHoldsIt()
    {
        acquire(3, 1, 50, 0);
        permits.by(LockAction.RELEASE, POOL, 1, permits.told(), 0);
        permits.time += PermitTable.FORGOTTEN_AFTER_NS - 1;
        permits.expire(POOL);
        assertEquals(ResultStatus.OTHER_TOTAL, permits.acquire(POOL, 6, 1, 2, 50, 0));
        permits.time += PermitTable.FORGOTTEN_AFTER_NS;
        permits.expire(POOL);
        assertFalse(permits.look(POOL));
        assertEquals(ResultStatus.APPLIED, permits.acquire(POOL, 6, 6, 2, 50, 0));
    }

    @Test
    void shouldNotLetSmallRequestsPassALargeOne()
    {
        acquire(3, 1, 50, 0);
        final long first = permits.told();
        assertEquals(ResultStatus.QUEUED, acquire(4, 2, 50, 100));
        final long large = permits.told();
        assertEquals(ResultStatus.QUEUED, acquire(1, 3, 50, 100));
        final long small = permits.told();
        assertEquals(ResultStatus.HELD, acquire(1, 4, 50, 0));
        assertEquals(2, permits.free(POOL));
        permits.by(LockAction.RELEASE, POOL, 1, first, 0);
        final long given = permits.sequence;
        assertEquals(large + "=" + given + "@51 " + small + "=" + given + "@51 ", permits.woken());
        assertEquals(0, permits.free(POOL));
    }

    @Test
    void shouldServeThoseBehindWhenTheFirstLeavesOrItsSessionEndsOrItsTimeIsOver()
    {
        for (int way = 0; way < 3; way++)
        {
            acquire(3, 1, 1000, 0);
            final long fence = permits.told();
            acquire(4, 2, 50, 100);
            acquire(2, 3, 500, 400);
            final long small = permits.told();
            permits.woken();
            switch (way)
            {
                case 0 -> permits.by(LockAction.LEAVE, POOL, 2, 0, 0);
                case 1 -> permits.sessionEnded(2);
                default ->
                {
                    assertEquals(101, permits.look(POOL) ? permits.table.view().end() : 0);
                    permits.time += 100;
                    permits.expire(POOL);
                }
            }
            assertTrue(permits.woken().endsWith(small + "=" + permits.sequence + "@" + (permits.time + 500) + " "));
            assertEquals(0, permits.waiters(POOL));
            permits.by(LockAction.RELEASE, POOL, 1, fence, 0);
            permits.by(LockAction.LEAVE, POOL, 3, 0, 0);
            assertEquals(5, permits.free(POOL));
        }
    }

    @Test
    void shouldTakeBackThePermitsOfOneLeaseAtATime()
    {
        acquire(2, 1, 50, 0);
        permits.time += 10;
        acquire(2, 2, 50, 0);
        permits.time += 40;
        permits.expire(POOL);
        assertEquals(3, permits.free(POOL));
        assertEquals(61, permits.table.view().end());
        assertEquals(ResultStatus.NOT_HOLDER, permits.by(LockAction.RENEW, POOL, 1, 1, 50));
        permits.time += 10;
        permits.expire(POOL);
        assertEquals(5, permits.free(POOL));
        assertEquals(0, permits.table.holders().bytes());
    }

    @Test
    void shouldHoldOnlyWhatIsRenewed()
    {
        acquire(2, 1, 50, 0);
        final long fence = permits.told();
        acquire(2, 2, 50, 0);
        permits.time += 40;
        assertEquals(ResultStatus.NOT_HOLDER, permits.by(LockAction.RENEW, POOL, 1, fence + 1, 50));
        assertEquals(ResultStatus.APPLIED, permits.by(LockAction.RENEW, POOL, 1, fence, 50));
        assertEquals(fence, permits.told());
        assertEquals(91, permits.call.toldEnd());
        permits.time += 10;
        permits.expire(POOL);
        assertEquals(3, permits.free(POOL));
        assertEquals(1, permits.holders(POOL));
    }

    @Test
    void shouldGiveOnceWhenAskedTwice()
    {
        assertEquals(ResultStatus.APPLIED, acquire(3, 1, 50, 0));
        final long fence = permits.told();
        assertEquals(ResultStatus.APPLIED, acquire(3, 1, 50, 0));
        assertEquals(fence, permits.told());
        assertEquals(ResultStatus.QUEUED, acquire(5, 2, 50, 20));
        assertEquals(ResultStatus.QUEUED, acquire(2, 3, 50, 1000));
        permits.time += 20;
        assertEquals(ResultStatus.APPLIED, acquire(2, 3, 50, 1000));
        assertEquals(0, permits.free(POOL));
        assertEquals(2, permits.holders(POOL));
        assertEquals(0, permits.waiters(POOL));
    }

    @Test
    void shouldTakePermitsFromOneOrFromAllWhenForced()
    {
        acquire(2, 1, 50, 0);
        acquire(2, 2, 50, 0);
        acquire(5, 3, 50, 100);
        final long ticket = permits.told();
        assertEquals(ResultStatus.NOT_HOLDER, permits.by(LockAction.FORCE, POOL, 9, 0, 0));
        assertEquals(ResultStatus.APPLIED, permits.by(LockAction.FORCE, POOL, 1, 0, 0));
        assertEquals(2, permits.told());
        assertEquals(3, permits.free(POOL));
        assertEquals(ResultStatus.APPLIED, permits.by(LockAction.FORCE, POOL, 0, 0, 0));
        assertEquals(ticket + "=" + permits.sequence + "@51 ", permits.woken());
        assertEquals(0, permits.free(POOL));
        assertEquals(ResultStatus.APPLIED, permits.by(LockAction.FORCE, POOL, 0, 0, 0));
        assertFalse(permits.look(POOL));
        assertEquals(ResultStatus.NOT_HOLDER, permits.by(LockAction.FORCE, POOL, 0, 0, 0));
    }

    @Test
    void shouldSayHowItIsToThoseWhoHoldAndWaitAndToOthers()
    {
        assertEquals(ResultStatus.NOT_HOLDER, permits.table.look(permits.on(POOL).by(1, 1, 0)));
        acquire(3, 1, 50, 0);
        final long fence = permits.told();
        acquire(3, 2, 50, 100);
        final long ticket = permits.told();
        assertEquals(ResultStatus.APPLIED, permits.table.look(permits.on(POOL).by(1, 1, 0)));
        assertEquals(fence, permits.told());
        assertEquals(ResultStatus.QUEUED, permits.table.look(permits.on(POOL).by(2, 2, 0)));
        assertEquals(ticket, permits.told());
        assertEquals(ResultStatus.HELD, permits.table.look(permits.on(POOL).by(3, 3, 0)));
        assertEquals(ResultStatus.APPLIED, permits.table.look(permits.on(POOL).by(0, 0, 0)));
    }

    @Test
    void shouldRefuseRowsThatAreNoneWithoutChangingAnything()
    {
        acquire(2, 1, 50, 0);
        acquire(2, 2, 50, 0);
        acquire(5, 3, 50, 100);
        final LockSnapshot snapshot = new LockSnapshot(permits.hasher);
        assertEquals(-1, snapshot.write(permits.table, 0, 1 << 16));
        final int length = snapshot.length();
        assertTrue(isLoadable(snapshot, snapshot.buffer().byteArray(), length));
        for (int cut = 0; cut < length; cut++)
        {
            assertFalse(isLoadable(snapshot, snapshot.buffer().byteArray(), cut));
        }
        final byte[] bytes = new byte[length];
        snapshot.buffer().getBytes(0, bytes);
        for (int i = 0; i < length; i++)
        {
            final byte was = bytes[i];
            bytes[i] = -1;
            if (isLoadable(snapshot, bytes, length))
            {
                try (Permits other = new Permits(PermitTable::new))
                {
                    assertTrue(snapshot.load(other.table, other.maps, other.pool, new UnsafeBuffer(bytes), 0));
                    assertEquals(1, other.table.map().size());
                    assertEquals(2, other.table.holders().size());
                }
            }
            bytes[i] = was;
        }
    }

    private boolean isLoadable(final LockSnapshot snapshot, final byte[] bytes, final int length)
    {
        return snapshot.isLoadable(
            StructureKind.SEMAPHORES, (hash) -> true, permits.sequence, new UnsafeBuffer(bytes), 0, length);
    }

    private ResultStatus acquire(final int many, final long holder, final long lease, final long wait)
    {
        return permits.acquire(POOL, 5, many, holder, lease, wait);
    }
}
