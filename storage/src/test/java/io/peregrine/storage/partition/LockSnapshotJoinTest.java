package io.peregrine.storage.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

import io.peregrine.storage.codec.Action;
import io.peregrine.storage.codec.Condition;
import io.peregrine.storage.codec.LockAction;
import io.peregrine.storage.memory.KeyHasher;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Snapshots taken while locks change hands and writes carry fences, joined with the log in every order that is allowed.
 */
class LockSnapshotJoinTest
{
    private static final int CHUNK = 1024;
    private static final int NAMES = 40;
    private static final int LOCK_PARTITION = 3;
    private static final int[] LINES = {StructureIds.LOCKS, StructureIds.SEMAPHORES, StructureIds.LATCHES};

    private final Entries entries = new Entries();
    private final List<Long> sessions = new ArrayList<>();
    private Random random;
    private long number;

    @Test
    void shouldGiveEqualPartitionWhenLocksChangeHandsBetweenChunks()
    {
        final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());
        for (int round = 0; round < 80; round++)
        {
            run(seed + round, 1 + round % 40, StoreFixture::hash);
        }
    }

    @Test
    void shouldGiveEqualPartitionWhenManyNamesHaveTheSameHash()
    {
        final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());
        for (int round = 0; round < 20; round++)
        {
            run(seed + round, 20, StoreFixture.badHasher(3L << 62, 0));
        }
    }

    private void run(final long seed, final int entriesPerChunk, final KeyHasher hasher)
    {
        random = new Random(seed);
        sessions.clear();
        entries.sequence = 1L << 44;
        entries.time = 1;
        number = 0;
        final List<byte[]> log = new ArrayList<>();
        final List<byte[]> chunks = new ArrayList<>();
        try (StoreFixture from = new StoreFixture(StoreFixture.PLENTY, hasher);
            StoreFixture to = new StoreFixture(StoreFixture.PLENTY, hasher))
        {
            for (int i = random.nextInt(400); i >= 0; i--)
            {
                next(from, log);
            }
            final long snapshotId;
            try (SnapshotWriter writer = new SnapshotWriter(from.store, CHUNK))
            {
                while (writer.next())
                {
                    final byte[] chunk = new byte[writer.length()];
                    writer.buffer().getBytes(0, chunk);
                    chunks.add(chunk);
                    for (int i = random.nextInt(entriesPerChunk); i > 0; i--)
                    {
                        next(from, log);
                    }
                }
                assertTrue(writer.isComplete());
                snapshotId = writer.snapshotId();
            }
            SnapshotJoinTest.join(random, chunks, log, snapshotId, from, to);
            assertEquals(from.store.digest(), to.store.digest(), "with -Dseed=" + seed);
            for (int i = 0; i < 50; i++)
            {
                make(from);
                assertEquals(from.apply(entries), to.apply(entries), "afterwards with -Dseed=" + seed);
            }
            assertEquals(from.store.digest(), to.store.digest(), "afterwards with -Dseed=" + seed);
        }
    }

    private void next(final StoreFixture from, final List<byte[]> log)
    {
        make(from);
        from.apply(entries);
        log.add(entries.bytes());
    }

    private void make(final StoreFixture from)
    {
        entries.time += random.nextInt(6);
        final int kind = random.nextInt(100);
        if (kind < 30)
        {
            lock(from);
        }
        else if (kind < 60)
        {
            count();
        }
        else if (kind < 84)
        {
            write();
        }
        else if (kind < 92)
        {
            expire(from, LINES[random.nextInt(LINES.length)], "lock-" + random.nextInt(NAMES));
        }
        else if (kind < 95)
        {
            entries.openSession(100);
            sessions.add(entries.sequence);
        }
        else if (kind < 97 && !sessions.isEmpty())
        {
            entries.closeSession(
                sessions.get(random.nextInt(sessions.size())), random.nextBoolean() ? -1 : random.nextInt(500));
        }
        else
        {
            final int which = random.nextInt(5);
            final int id = which == 0 ? 1 : which == 1 ? StructureIds.FENCES : LINES[which - 2];
            entries.create(id, StructureIds.kind(id), 0);
        }
    }

    private void expire(final StoreFixture from, final int id, final String name)
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(name.getBytes());
        final boolean isThere = from.store.lines(id) != null && from.store.lines(id).view().look(
            from.store.workspace.hasher.hash(bytes, 0, bytes.capacity()), bytes, 0, bytes.capacity());
        entries.expire(id, name, isThere ? from.store.lines(id).view().end() : 5);
    }

    /**
     * Of a semaphore or a latch; a semaphore's holder and fence are right where it was given a moment ago.
     */
    private void count()
    {
        request();
        final String name = "lock-" + random.nextInt(NAMES / 4);
        if (random.nextInt(3) == 0)
        {
            final LockAction action = random.nextInt(4) == 0 ? LockAction.FORCE :
                random.nextBoolean() ? LockAction.ACQUIRE : LockAction.COUNT_DOWN;
            entries.counting(StructureIds.LATCHES, 3, 0).lock(action, name, random.nextInt(5), 0, 0, 100);
            return;
        }
        final LockAction action = LockAction.get((byte) (random.nextInt(3) == 0 ? random.nextInt(5) : 0));
        entries.counting(StructureIds.SEMAPHORES, 6, 1 + random.nextInt(6)).lock(
            action,
            name,
            random.nextInt(action == LockAction.FORCE ? 20 : 4),
            Math.max(1, entries.sequence - random.nextInt(4)),
            1 + random.nextInt(200),
            random.nextInt(3) * 100);
    }

    private void request()
    {
        final boolean hasSession = !sessions.isEmpty() && random.nextInt(10) != 0;
        final long session = hasSession ? sessions.get(random.nextInt(sessions.size())) : 0;
        number += random.nextInt(12) == 0 ? 0 : 1;
        entries.request(session, session == 0 ? 0 : number, session == 0 ? 0 : Math.max(1, number - 5));
    }

    private void lock(final StoreFixture from)
    {
        final String name = "lock-" + random.nextInt(NAMES);
        final boolean isHeld = look(from, name);
        final LockAction action = LockAction.get((byte) (random.nextInt(3) == 0 ? random.nextInt(5) : 0));
        final long holder = isHeld && random.nextBoolean() ? from.store.locks().view().holder() : random.nextInt(3);
        final long fence = isHeld ? from.store.locks().view().fence() : 1;
        if (isHeld && action != LockAction.ACQUIRE)
        {
            number++;
            final long session = from.store.locks().view().session();
            entries.request(session, session == 0 ? 0 : number, session == 0 ? 0 : number - 3);
        }
        else
        {
            request();
        }
        entries.lock(action, name, holder, fence, 1 + random.nextInt(200), random.nextInt(3) * 100);
    }

    private void write()
    {
        request();
        final Cmd cmd = Cmd.of(1, random.nextBoolean() ? Action.PUT : Action.REMOVE, "key-" + random.nextInt(30));
        if (cmd.action == Action.PUT)
        {
            cmd.value(new byte[random.nextInt(60)]);
        }
        if (random.nextInt(3) == 0)
        {
            cmd.when(random.nextBoolean() ? Condition.ABSENT : Condition.PRESENT);
        }
        switch (random.nextInt(8))
        {
            case 0 -> entries.clear(1);
            case 1, 2, 3 -> entries.batch(List.of(cmd, Cmd.put(1, "key-1", "both")));
            default -> entries.command(cmd);
        }
        if (random.nextInt(4) != 0)
        {
            entries.fenced(
                LOCK_PARTITION, random.nextInt(5), Math.max(1, Math.floorMod(entries.sequence, 1L << 44) -
                random.nextInt(40)));
        }
    }

    private static boolean look(final StoreFixture from, final String name)
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(name.getBytes());
        return from.store.locks() != null && from.store.locks().view().look(
            from.store.workspace.hasher.hash(bytes, 0, bytes.capacity()), bytes, 0, bytes.capacity());
    }
}
