package io.peregrine.storage.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

import io.peregrine.storage.codec.MapCommandEncoder;
import io.peregrine.storage.codec.MessageHeaderEncoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EntryLogTest
{
    private static final int CAPACITY = 4096;
    private static final int MAX_ENTRY = 1000;

    private final EntryLog log = new EntryLog(CAPACITY, MAX_ENTRY);
    private final PartitionLog first = partition(0);
    private final PartitionLog second = partition(1);

    @AfterEach
    void after()
    {
        log.close();
    }

    private static PartitionLog partition(final int number)
    {
        final PartitionLog partition = new PartitionLog(number);
        partition.epoch(1);
        return partition;
    }

    private boolean append(final PartitionLog partition, final int length)
    {
        if (!log.claim(length))
        {
            return false;
        }
        final long sequence = partition.nextSequence();
        log.buffer().setMemory(log.offset(), length, (byte) sequence);
        log.buffer().putLong(log.offset() + 8, sequence);
        log.commit(partition, length);
        return true;
    }

    private static void settle(final PartitionLog partition, final long sequence)
    {
        partition.committed(sequence);
        partition.applied(sequence);
    }

    private List<Long> read(final PartitionLog partition, final long after)
    {
        final List<Long> counters = new ArrayList<>();
        for (long at = log.after(partition, after); at != EntryLog.NO_POSITION; at = log.next(at))
        {
            counters.add(Sequences.counter(EntryStamp.sequence(log.buffer(), log.offset(at))));
        }
        return counters;
    }

    @Test
    void shouldReadStampWhereTheCodecPutsIt()
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        new MapCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sequence(11).time(12).sessionId(13).requestNumber(14).lowestUnanswered(15);
        assertEquals(MapCommandEncoder.TEMPLATE_ID, EntryStamp.templateId(buffer, 0));
        assertEquals(11, EntryStamp.sequence(buffer, 0));
        assertEquals(12, EntryStamp.time(buffer, 0));
        assertEquals(13, EntryStamp.sessionId(buffer, 0));
        assertEquals(14, EntryStamp.requestNumber(buffer, 0));
        assertEquals(15, EntryStamp.lowestUnanswered(buffer, 0));
        assertEquals(
            EntryStamp.LENGTH,
            MessageHeaderEncoder.ENCODED_LENGTH + MapCommandEncoder.lowestUnansweredEncodingOffset() + 8);
    }

    @Test
    void shouldStayAtFirstByteWhenEachEntryIsTrimmedAtOnce()
    {
        for (int i = 0; i < 1000; i++)
        {
            assertTrue(append(first, 100));
            assertEquals(32, log.offset(log.after(first, first.applied())));
            settle(first, first.last());
            log.trim(first, first.applied());
            assertEquals(0, log.used());
        }
    }

    @Test
    void shouldReadOnFromSequenceWhenPartitionsAreMixed()
    {
        for (int i = 0; i < 5; i++)
        {
            assertTrue(append(first, 60 + i));
            assertTrue(append(second, 90));
        }
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), read(first, Sequences.NONE));
        assertEquals(List.of(4L, 5L), read(second, Sequences.of(1, 3)));
        assertEquals(List.of(), read(first, Sequences.of(1, 5)));
        assertEquals(64, log.length(log.after(first, Sequences.of(1, 4))));
        assertEquals(0, log.offset(log.after(first, Sequences.of(1, 4))) % 8);
    }

    @Test
    void shouldRefuseClaimWhenFull()
    {
        int count = 0;
        while (append(first, 500))
        {
            count++;
        }
        assertEquals(CAPACITY / 536, count);
        assertFalse(log.claim(500));
        settle(first, Sequences.of(1, 1));
        log.trim(first, Sequences.of(1, 1));
        assertTrue(append(first, 500));
        assertFalse(append(first, 500));
    }

    @Test
    void shouldRefuseClaimWhenEntryIsTooLong()
    {
        assertFalse(log.claim(MAX_ENTRY + 1));
        assertTrue(append(first, MAX_ENTRY));
        assertThrows(IllegalArgumentException.class, () -> new EntryLog(CAPACITY, CAPACITY / 2));
        assertThrows(IllegalArgumentException.class, () -> new EntryLog(CAPACITY - 8, 100));
        new EntryLog(EntryLog.minCapacity(5000), 5000).close();
    }

    @Test
    void shouldNotBeHeldUpByWhatOnePartitionStillNeeds()
    {
        assertTrue(append(second, 100));
        assertTrue(append(second, MAX_ENTRY));
        final byte[] held = new byte[MAX_ENTRY];
        log.buffer().getBytes(log.offset(log.after(second, Sequences.of(1, 1))), held);
        for (int i = 0; i < 10_000; i++)
        {
            assertTrue(append(first, i % MAX_ENTRY < EntryStamp.LENGTH ? 100 : i % MAX_ENTRY), "entry " + i);
            settle(first, first.last());
            log.trim(first, first.applied());
        }
        final byte[] found = new byte[MAX_ENTRY];
        log.buffer().getBytes(log.offset(log.after(second, Sequences.of(1, 1))), found);
        assertArrayEquals(held, found);
        assertEquals(List.of(1L, 2L), read(second, Sequences.NONE));
        settle(second, second.last());
        log.trim(second, second.applied());
        assertEquals(0, log.used());
        assertEquals(0, log.live());
    }

    @Test
    void shouldTakeEntriesUpToItsCapacityWhateverOrderTheyAreForgottenIn()
    {
        for (int i = 0; i < 1000; i++)
        {
            assertTrue(append(second, 500), "entry " + i);
            assertTrue(append(first, 900), "entry " + i);
            if (i % 2 == 1)
            {
                settle(first, first.last());
                log.trim(first, first.applied());
                settle(second, second.last() - 1);
                log.trim(second, second.applied());
            }
        }
    }

    @Test
    void shouldForgetSuffixWhenTruncated()
    {
        for (int i = 0; i < 5; i++)
        {
            assertTrue(append(first, 100));
            assertTrue(append(second, 100));
        }
        settle(first, Sequences.of(1, 2));
        assertThrows(IllegalStateException.class, () -> log.truncate(first, Sequences.of(1, 1)));
        log.truncate(first, Sequences.of(1, 3));
        first.epoch(2);
        assertEquals(Sequences.of(2, 4), first.nextSequence());
        assertTrue(append(first, 100));
        assertEquals(List.of(1L, 2L, 3L, 4L), read(first, Sequences.NONE));
        assertEquals(5, read(second, Sequences.NONE).size());
        assertEquals(2, Sequences.epoch(first.last()));
    }

    @Test
    void shouldBeEmptyWhenAllIsTruncated()
    {
        assertTrue(append(first, 100));
        settle(first, first.last());
        log.trim(first, first.applied());
        assertTrue(append(first, 100));
        log.truncate(first, first.committed());
        assertEquals(0, log.used());
        assertEquals(Sequences.of(1, 1), first.last());
        assertTrue(append(first, 100));
        assertEquals(Sequences.of(1, 2), first.last());
    }

    @Test
    void shouldRefuseTrimWhenEntryIsNotApplied()
    {
        assertTrue(append(first, 100));
        assertThrows(IllegalStateException.class, () -> log.trim(first, first.last()));
        first.committed(first.last());
        assertThrows(IllegalStateException.class, () -> log.trim(first, first.last()));
    }

    @Test
    void shouldReuseRoomWhenClaimIsAborted()
    {
        assertTrue(log.claim(900));
        log.abort();
        assertTrue(append(first, 500));
        assertEquals(List.of(1L), read(first, Sequences.NONE));
    }

    @Test
    void shouldHoldWhatWasAppendedWhenOperationsAreRandom()
    {
        final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());
        final Random random = new Random(seed);
        final PartitionLog[] partitions = {first, second, partition(2)};
        for (final PartitionLog partition : partitions)
        {
            partition.restart(Sequences.of(1, 0));
        }
        final List<List<byte[]>> model = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < 20_000; i++)
        {
            final int number = random.nextInt(partitions.length);
            step(random, partitions[number], model.get(number));
            verify(partitions[number], model.get(number), "with -Dseed=" + seed);
        }
        assertTrue(log.moves() > 100, "hardly anything was moved, with -Dseed=" + seed);
    }

    private void step(final Random random, final PartitionLog partition, final List<byte[]> model)
    {
        switch (random.nextInt(5))
        {
            case 0, 1, 2 ->
            {
                if (append(partition, EntryStamp.LENGTH + random.nextInt(300)))
                {
                    final long at = log.after(partition, Math.max(partition.last() - 1, partition.trimmed()));
                    final byte[] bytes = new byte[log.length(at)];
                    log.buffer().getBytes(log.offset(at), bytes);
                    model.add(bytes);
                }
            }
            case 3 ->
            {
                final long to = partition.committed() +
                    random.nextInt((int) (partition.last() - partition.committed()) + 1);
                settle(partition, to);
                final long trimTo = partition.trimmed() + random.nextInt((int) (to - partition.trimmed()) + 1);
                for (long left = trimTo - partition.trimmed(); left > 0; left--)
                {
                    model.remove(0);
                }
                log.trim(partition, trimTo);
            }
            default ->
            {
                final int count = (int) (partition.last() - partition.committed());
                final int less = count == 0 ? 0 : random.nextInt(count + 1);
                for (int i = 0; i < less; i++)
                {
                    model.remove(model.size() - 1);
                }
                log.truncate(partition, partition.last() - less);
            }
        }
    }

    private void verify(final PartitionLog partition, final List<byte[]> model, final String message)
    {
        long at = log.after(partition, partition.trimmed());
        for (final byte[] expected : model)
        {
            final byte[] found = new byte[log.length(at)];
            log.buffer().getBytes(log.offset(at), found);
            assertArrayEquals(expected, found, message);
            at = log.next(at);
        }
        assertEquals(EntryLog.NO_POSITION, at, message);
    }
}
