package io.peregrine.storage.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PartitionLogTest
{
    private final PartitionLog log = new PartitionLog(3);

    @Test
    void shouldTakeSequenceApartWhenPutTogether()
    {
        final long sequence = Sequences.of(5, 77);
        assertEquals(5, Sequences.epoch(sequence));
        assertEquals(77, Sequences.counter(sequence));
        assertEquals("5:77", Sequences.toString(sequence));
        assertEquals((5L << 44) + 77, sequence);
        assertEquals(Long.MAX_VALUE, Sequences.of(Sequences.MAX_EPOCH, Sequences.MAX_COUNTER));
    }

    @Test
    void shouldRefuseSequenceWhenOutOfRange()
    {
        assertThrows(IllegalArgumentException.class, () -> Sequences.of(Sequences.MAX_EPOCH + 1, 1));
        assertThrows(IllegalArgumentException.class, () -> Sequences.of(1, Sequences.MAX_COUNTER + 1));
        assertThrows(IllegalArgumentException.class, () -> Sequences.of(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> Sequences.of(1, -1));
    }

    @Test
    void shouldHaveNoNextSequenceWhenThereIsNoEpoch()
    {
        assertEquals(Sequences.NONE, log.nextSequence());
    }

    @Test
    void shouldGoOnCountingWhenEpochRises()
    {
        log.epoch(1);
        log.appended(log.nextSequence());
        log.appended(log.nextSequence());
        log.epoch(4);
        assertEquals(Sequences.of(4, 3), log.nextSequence());
        log.appended(log.nextSequence());
        assertThrows(IllegalArgumentException.class, () -> log.epoch(3));
        assertThrows(IllegalArgumentException.class, () -> log.epoch(Sequences.MAX_EPOCH + 1));
    }

    @Test
    void shouldHaveNoNextSequenceWhenCounterIsAtItsEnd()
    {
        log.restart(Sequences.of(2, Sequences.MAX_COUNTER - 1));
        assertEquals(Sequences.of(2, Sequences.MAX_COUNTER), log.nextSequence());
        log.appended(log.nextSequence());
        assertEquals(Sequences.NONE, log.nextSequence());
    }

    @Test
    void shouldFollowHigherEpochWhenItsEntryIsAppended()
    {
        log.epoch(1);
        log.appended(Sequences.of(1, 1));
        log.appended(Sequences.of(2, 2));
        assertEquals(2, log.epoch());
        assertThrows(IllegalStateException.class, () -> log.appended(Sequences.of(1, 3)));
        assertThrows(IllegalStateException.class, () -> log.appended(Sequences.of(2, 4)));
        assertThrows(IllegalStateException.class, () -> log.appended(Sequences.of(2, 2)));
    }

    @Test
    void shouldKeepOrderOfPositionsWhenTheyMove()
    {
        log.epoch(1);
        final long first = Sequences.of(1, 1);
        final long second = Sequences.of(1, 2);
        log.appended(first);
        log.appended(second);
        assertThrows(IllegalStateException.class, () -> log.applied(first));
        assertThrows(IllegalStateException.class, () -> log.committed(Sequences.of(1, 3)));
        log.committed(second);
        log.applied(first);
        assertThrows(IllegalStateException.class, () -> log.committed(first));
        log.applied(second);
        assertThrows(IllegalStateException.class, () -> log.applied(first));
        assertEquals(second, log.last());
        assertEquals(second, log.committed());
        assertEquals(second, log.applied());
    }

    @Test
    void shouldBeginBehindSnapshotWhenRestarted()
    {
        final long sequence = Sequences.of(6, 1000);
        log.restart(sequence);
        assertEquals(6, log.epoch());
        assertEquals(sequence, log.applied());
        assertEquals(sequence, log.trimmed());
        assertEquals(sequence, log.committed());
        assertEquals(sequence + 1, log.nextSequence());
    }
}
