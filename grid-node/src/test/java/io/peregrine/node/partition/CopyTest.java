package io.peregrine.node.partition;

import io.peregrine.client.port.KeyHash;
import io.peregrine.node.replication.Rules;
import io.peregrine.storage.codec.StructureKind;
import io.peregrine.storage.log.Sequences;
import io.peregrine.storage.memory.MemoryBudget;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CopyTest
{
    private static final int CHUNK = 64 * 1024;

    private final AgentMemory memory = new AgentMemory(new MemoryBudget(4L << 20), 4096, KeyHash::hash);
    private final Tally tally = new Tally();
    private final Entries entries = new Entries();
    private final Stamp stamp = new Stamp();
    private final Backup copy = new Backup();
    private final ExpandableArrayBuffer from = new ExpandableArrayBuffer();

    @AfterEach
    void close()
    {
        copy.store().close();
        memory.close();
    }

    @Test
    void shouldKnowTheTimeOfEntriesThatAreNotApplied()
    {
        keep(100);
        keep(200);
        assertEquals(200, copy.lastTime());
        assertEquals(0, copy.store().time());
    }

    @Test
    void shouldForgetTheTimeOfEntriesThatAreCutOff()
    {
        final long shared = keep(100);
        keep(200);
        keep(90_000);
        copy.truncate(shared);
        assertEquals(100, copy.lastTime());
    }

    @Test
    void shouldGoByWhatIsAppliedWhenAllBehindItIsCutOff()
    {
        final long applied = keep(100);
        copy.commit(applied);
        copy.applyCommitted();
        keep(90_000);
        copy.truncate(applied);
        assertEquals(100, copy.lastTime());
        assertEquals(100, copy.store().time());
    }

    @Test
    void shouldKnowTheTimeOfWhatComesInstead()
    {
        final long shared = keep(100);
        keep(90_000);
        copy.truncate(shared);
        copy.log().epoch(2);
        keep(300);
        assertEquals(300, copy.lastTime());
    }

    @Test
    void shouldForgetTimeWithEverythingElse()
    {
        keep(90_000);
        copy.clear();
        assertEquals(0, copy.lastTime());
    }

    @Test
    void shouldLeaveWhatTheNextChunkNeedsToItWhileEntriesWaitForIt()
    {
        memory.leaveRoomForOthers(1);
        copy.isLoading = true;
        int kept = 0;
        while (keepCopy())
        {
            kept++;
        }
        assertTrue(kept > 1);
        assertFalse(memory.isShort());
        assertTrue(memory.hasRoomForCopy(CHUNK));
        copy.isLoading = false;
        assertTrue(keepCopy(), "what a copy that is whole keeps does not wait");
    }

    @Test
    void shouldKeepOneEntryThatWaitsWhereRoomIsShort()
    {
        memory.leaveRoomForOthers(1);
        assertTrue(memory.pool().reserve((int) memory.room()));
        assertTrue(memory.isShort());
        copy.isLoading = true;
        assertTrue(keepCopy());
        assertFalse(keepCopy());
        copy.truncate(0);
        assertTrue(keepCopy());
    }

    /**
     * One for which a page is reserved.
     */
    private boolean keepCopy()
    {
        copy.log().epoch(1);
        final int length = entries.create(from, 0, copy.stamp(stamp, 100), 1, StructureKind.MAP, 0);
        return copy.keepCopy(from, 0, length);
    }

    private long keep(final long time)
    {
        if (copy.log().epoch() == 0)
        {
            copy.log().epoch(1);
        }
        assertTrue(copy.claimFirst(Entries.SHORT_ENTRY));
        copy.append(entries.advanceTime(copy.buffer(), copy.offset(), copy.stamp(stamp, time)));
        return copy.log().last();
    }

    /**
     * Keeps what comes, and decides nothing.
     */
    private final class Backup extends Copy
    {
        private boolean isLoading;

        Backup()
        {
            super(0, memory, new Rules(), new Outcomes(new Replies(tally), new BatchReplies()), tally);
        }

        @Override
        void append(final int length)
        {
            keep(length);
        }

        @Override
        boolean isLeading()
        {
            return false;
        }

        @Override
        boolean isLoading()
        {
            return isLoading;
        }

        @Override
        boolean load(final DirectBuffer buffer, final int offset, final int length)
        {
            throw new AssertionError(Sequences.toString(log().last()));
        }
    }
}
