package io.peregrine.storage.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.codec.StructureKind;
import io.peregrine.storage.memory.KeyHasher;
import org.junit.jupiter.api.Test;

/**
 * Long random rows of commands against a sequential lock with leases, with snapshots in between.
 */
class LockModelTest
{
    private static final int STEPS = 1500;
    private static final int NAMES = 6;
    private static final int SESSIONS = 7;
    private static final int CHUNK = 300;

    private final Random random = new Random();
    private LockModel model;
    private Locks locks;

    @Test
    void shouldDoAsASequentialLockWithLeasesDoes()
    {
        final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());
        for (int round = 0; round < 30; round++)
        {
            run(seed + round, new LockRules(), Locks::hash);
        }
    }

    @Test
    void shouldDoAsASequentialLockDoesWhenNamesHaveTheSameHash()
    {
        final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());
        for (int round = 0; round < 10; round++)
        {
            run(seed + round, new LockRules(), (key, offset, length) -> 5);
        }
    }

    @Test
    void shouldFindOutAFenceThatBeginsAnew()
    {
        assertFindsOut(new LockRules()
        {
            @Override
            public long fence(final long sequence)
            {
                return 1 + sequence % 100;
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

    private void assertFindsOut(final LockRules broken)
    {
        assertThrows(AssertionError.class, () -> run(1, broken, Locks::hash));
    }

    private void run(final long seed, final LockRules rules, final KeyHasher hasher)
    {
        random.setSeed(seed);
        model = new LockModel();
        locks = new Locks(rules, hasher);
        try
        {
            runSteps(seed);
        }
        finally
        {
            locks.close();
        }
    }

    private void runSteps(final long seed)
    {
        for (int step = 0; step < STEPS; step++)
        {
            locks.time += random.nextInt(8);
            expireAll();
            next("with -Dseed=" + seed + " step " + step);
            if (random.nextInt(200) == 0)
            {
                throughSnapshot();
            }
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
                locks.expire("lock-" + i);
                model.expire("lock-" + i, locks.sequence, locks.time);
            }
        }
    }

    private void next(final String where)
    {
        final String name = "lock-" + random.nextInt(NAMES);
        final long session = 1 + random.nextInt(SESSIONS);
        final long lease = 1 + random.nextInt(60);
        final LockModel.Held held = model.held.get(name);
        final long fence = held == null || random.nextInt(5) == 0 ?
            model.highest.getOrDefault(name, 3L) - random.nextInt(2) : held.fence;
        final long before = model.highest.getOrDefault(name, 0L);
        final boolean isFresh = random.nextInt(4) == 0;
        final ResultStatus found;
        final ResultStatus expected;
        switch (random.nextInt(12))
        {
            case 0, 1, 2, 3, 4 ->
            {
                final long wait = random.nextInt(4) == 0 ? 0 : random.nextInt(100);
                found = locks.acquire(name, session, lease, wait);
                expected = model.acquire(name, session, lease, wait, locks.sequence, locks.time);
            }
            case 5, 6 ->
            {
                locks.on(name).by(session, session, fence).lasting(lease, 0).flags(false, isFresh);
                found = locks.table.renew(locks.call);
                expected = model.renew(name, session, fence, lease, isFresh, locks.sequence, locks.time);
            }
            case 7, 8 ->
            {
                final long who = held == null || random.nextInt(4) == 0 ? session : held.session;
                found = locks.release(name, who, fence);
                expected = model.release(name, who, fence, locks.sequence, locks.time);
            }
            case 9 ->
            {
                found = locks.leave(name, session);
                expected = model.leave(name, session, locks.sequence, locks.time);
            }
            case 10 ->
            {
                found = locks.force(name);
                expected = model.force(name, locks.sequence, locks.time);
            }
            default ->
            {
                found = ResultStatus.APPLIED;
                expected = found;
                locks.woken = "";
                locks.sessionEnded(session);
                locks.woken = "";
                model.woken = "";
                model.sessionEnded(session);
            }
        }
        assertEquals(expected, found, where);
        compare(name, before, where);
    }

    private void compare(final String name, final long before, final String where)
    {
        assertTrue(model.highest.getOrDefault(name, 0L) >= before, where);
        assertEquals(model.held.size(), locks.table.map().size(), where);
        int waiters = 0;
        for (int i = 0; i < NAMES; i++)
        {
            final LockModel.Held held = model.held.get("lock-" + i);
            assertEquals(held != null, locks.look("lock-" + i), where);
            if (held != null)
            {
                assertEquals(held.session, locks.table.view().session(), where);
                assertEquals(held.fence, locks.table.view().fence(), where);
                assertEquals(held.end, locks.table.view().end(), where);
                assertEquals(held.line.size(), locks.waiters("lock-" + i), where);
                waiters += held.line.size();
            }
        }
        assertEquals(waiters, locks.table.queues().size(), where);
        assertEquals(
            model.woken.replaceAll("\\d+=0@0 ", ""), locks.woken.replaceAll("\\d+=0@0 ", ""), where);
        locks.woken = "";
        model.woken = "";
    }

    /**
     * Go on with a copy.
     */
    private void throughSnapshot()
    {
        final Locks copy = new Locks(locks.rules, locks.hasher);
        locks.moveTo(copy, StructureKind.LOCKS, CHUNK);
        locks = copy;
    }
}
