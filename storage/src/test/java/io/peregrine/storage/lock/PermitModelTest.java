package io.peregrine.storage.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

import io.peregrine.storage.codec.LockAction;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.codec.StructureKind;
import io.peregrine.storage.memory.KeyHasher;
import org.junit.jupiter.api.Test;

/**
 * Long random rows of commands against a sequential semaphore with leases, with snapshots in between.
 */
class PermitModelTest
{
    private static final int STEPS = 1500;
    private static final int NAMES = 4;
    private static final int HOLDERS = 8;
    private static final int CHUNK = 300;

    private final Random random = new Random();
    private PermitModel model;
    private Permits permits;

    @Test
    void shouldDoAsASequentialSemaphoreWithLeasesDoes()
    {
        final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());
        for (int round = 0; round < 30; round++)
        {
            run(seed + round, new LockRules(), Locks::hash);
        }
    }

    @Test
    void shouldDoAsASequentialSemaphoreDoesWhenNamesHaveTheSameHash()
    {
        final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());
        for (int round = 0; round < 10; round++)
        {
            run(seed + round, new LockRules(), (key, offset, length) -> 5);
        }
    }

    @Test
    void shouldFindOutThatMoreIsGivenThanIsFree()
    {
        assertFindsOut(new LockRules()
        {
            @Override
            public boolean mayHave(final int free, final int permits)
            {
                return permits <= free + 1;
            }
        });
    }

    @Test
    void shouldFindOutThatAFormerHolderIsTakenForTheHolder()
    {
        assertFindsOut(new LockRules()
        {
            @Override
            public boolean isHolder(final long fence, final long named)
            {
                return true;
            }
        });
    }

    @Test
    void shouldFindOutThatLeasesDoNotEnd()
    {
        assertFindsOut(new LockRules()
        {
            @Override
            public boolean isExpired(final long end, final long named)
            {
                return (end & 7) != 0 && end == named;
            }
        });
    }

    private void assertFindsOut(final LockRules broken)
    {
        assertThrows(AssertionError.class, () -> run(1, broken, Locks::hash));
    }

    private void run(final long seed, final LockRules rules, final KeyHasher hasher)
    {
        random.setSeed(seed);
        model = new PermitModel();
        permits = new Permits(PermitTable::new, rules, hasher);
        try
        {
            for (int step = 0; step < STEPS; step++)
            {
                permits.time += random.nextInt(300) == 0 ? PermitTable.FORGOTTEN_AFTER_NS : random.nextInt(8);
                expireAll();
                next("with -Dseed=" + seed + " step " + step);
                if (random.nextInt(200) == 0)
                {
                    throughSnapshot();
                }
            }
        }
        finally
        {
            permits.close();
        }
    }

    /**
     * As the primary does, of which not every entry comes in time.
     */
    private void expireAll()
    {
        for (int i = 0; i < NAMES; i++)
        {
            if (random.nextInt(3) != 0)
            {
                final String name = "pool-" + i;
                if (permits.look(name) && permits.table.view().end() <= permits.time)
                {
                    permits.table.expire(permits.on(name), permits.table.view().end());
                }
                note();
                model.expire(name);
                assertTrue(!permits.look(name) || permits.table.view().end() > permits.time, "still due");
            }
        }
    }

    private void note()
    {
        model.sequence = permits.sequence;
        model.time = permits.time;
    }

    private void next(final String where)
    {
        final String name = "pool-" + random.nextInt(NAMES);
        final PermitModel.Pool pool = model.pools.get(name);
        final int total = pool == null || random.nextInt(20) == 0 ? 1 + random.nextInt(9) : pool.total;
        final long holder = 1 + random.nextInt(HOLDERS);
        final long lease = 1 + random.nextInt(60);
        final long wait = random.nextInt(4) == 0 ? 0 : random.nextInt(100);
        final int many = 1 + random.nextInt(total);
        final PermitModel.Held held = pool == null ? null : pool.held.get(holder);
        final long fence = held == null || random.nextInt(5) == 0 ? permits.sequence - 1 : held.fence();
        final int kind = random.nextInt(13);
        final ResultStatus found = command(kind, name, total, many, holder, fence, lease, wait);
        note();
        final ResultStatus expected = switch (kind)
        {
            case 0, 1, 2, 3, 4, 5 -> model.acquire(name, total, many, holder, lease, wait);
            case 6, 7 -> model.renew(name, holder, fence, lease);
            case 8, 9 -> model.release(name, holder, fence);
            case 10 -> model.leave(name, holder);
            case 11 -> model.force(name, holder > 2 ? holder : 0);
            default ->
            {
                model.sessionEnded(holder);
                yield ResultStatus.APPLIED;
            }
        };
        assertEquals(expected, found, where);
        compare(where);
    }

    private ResultStatus command(
        final int kind,
        final String name,
        final int total,
        final int many,
        final long holder,
        final long fence,
        final long lease,
        final long wait)
    {
        return switch (kind)
        {
            case 0, 1, 2, 3, 4, 5 -> permits.acquire(name, total, many, holder, lease, wait);
            case 6, 7 -> permits.by(LockAction.RENEW, name, holder, fence, lease);
            case 8, 9 -> permits.by(LockAction.RELEASE, name, holder, fence, 0);
            case 10 -> permits.by(LockAction.LEAVE, name, holder, 0, 0);
            case 11 -> permits.by(LockAction.FORCE, name, holder > 2 ? holder : 0, 0, 0);
            default ->
            {
                permits.sessionEnded(holder);
                yield ResultStatus.APPLIED;
            }
        };
    }

    private void compare(final String where)
    {
        int waiters = 0;
        int holders = 0;
        for (int i = 0; i < NAMES; i++)
        {
            final String name = "pool-" + i;
            final PermitModel.Pool pool = model.pools.get(name);
            assertEquals(pool == null ? -1 : pool.free(), permits.free(name), where);
            assertTrue(pool == null || pool.free() >= 0, where);
            if (pool != null)
            {
                assertEquals(pool.total, permits.table.view().total(), where);
                assertEquals(pool.line.size(), permits.waiters(name), where);
                assertEquals(pool.held.size(), permits.holders(name), where);
                pool.held.forEach((holder, held) -> assertHeld(name, holder, held, where));
                waiters += pool.line.size();
                holders += pool.held.size();
            }
        }
        assertEquals(waiters, permits.table.queues().size(), where);
        assertEquals(holders, permits.table.holders().size(), where);
        assertEquals(inOrder(model.woken), inOrder(permits.woken().replaceAll("\\d+=0@0 ", "")), where);
        model.woken = "";
    }

    private void assertHeld(final String name, final long holder, final PermitModel.Held held, final String where)
    {
        assertEquals(ResultStatus.APPLIED, permits.table.look(permits.on(name).by(0, holder, 0)), where);
        assertEquals(held.fence(), permits.told(), where);
        assertEquals(held.end(), permits.call.toldEnd(), where);
        assertTrue(permits.table.view().end() <= held.end(), where);
    }

    /**
     * The lines of several semaphores may move in any order when a session ends: by tickets they are comparable.
     */
    private static String inOrder(final String woken)
    {
        final String[] all = woken.split(" ");
        Arrays.sort(all);
        return String.join(" ", all);
    }

    /**
     * Go on with a copy.
     */
    private void throughSnapshot()
    {
        final Permits copy = new Permits(PermitTable::new, permits.rules, permits.hasher);
        final long holders = permits.table.holders().bytes();
        permits.moveTo(copy, StructureKind.SEMAPHORES, CHUNK);
        assertEquals(holders, copy.table.holders().bytes());
        permits = copy;
    }
}
