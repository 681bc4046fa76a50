package io.peregrine.node.partition;

import io.peregrine.client.port.KeyHash;
import io.peregrine.node.replication.Rules;
import io.peregrine.storage.log.Sequences;
import io.peregrine.storage.memory.MemoryBudget;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CopyTest
{
    private final AgentMemory memory = new AgentMemory(new MemoryBudget(16L << 20), 4096, KeyHash::hash);
    private final Tally tally = new Tally();
    private final Entries entries = new Entries();
    private final Stamp stamp = new Stamp();
    private final Backup copy = new Backup();

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
            return false;
        }

        @Override
        boolean load(final DirectBuffer buffer, final int offset, final int length)
        {
            throw new AssertionError(Sequences.toString(log().last()));
        }
    }
}
