package io.peregrine.node.partition;

import io.peregrine.client.codec.Action;
import io.peregrine.client.codec.Reason;
import io.peregrine.node.codec.AppendDecoder;
import io.peregrine.node.codec.MessageHeaderDecoder;
import io.peregrine.node.control.Assignment;
import io.peregrine.node.partition.Requests.Op;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.node.replication.Rules;
import io.peregrine.storage.memory.PagePool;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What a primary does when the memory of another copy's node is short, or its own log is full of what others do not
 * take.
 */
class RoomAtOthersTest
{
    private static final long SECOND = 1_000_000_000L;
    private static final long MS = 1_000_000L;
    private static final int LARGE = 4000;

    private final Requests requests = new Requests();
    private final TrioAnswers answers = new TrioAnswers();

    @Test
    void shouldRefuseWhatABackupHasNoRoomFor()
    {
        try (Trio trio = start(64 << 20, false))
        {
            put(trio, "there", 500);
            trio.pass(SECOND);
            final int taken = take(trio.memories[2], 0);
            trio.pass(200 * MS);
            put(trio, "new", 500);
            assertEquals(List.of(Reason.STORE_FULL), answers.reasons);
            put(trio, "there", 500);
            trio.pass(20 * MS);
            remove(trio, "there");
            trio.pass(SECOND);
            assertEquals(4, answers.count, "what needs no memory is done");
            assertEquals(1, answers.reasons.size());
            assertEquals(Assignment.NO_MEMBER, trio.partition(0).laggard(trio.nowNs));

            trio.memories[2].pool().unreserve(taken);
            trio.pass(200 * MS);
            put(trio, "new", 500);
            trio.pass(SECOND);
            assertEquals(5, answers.count);
            assertEquals(1, answers.reasons.size());
            assertEqualCopies(trio);
        }
    }

    @Test
    void shouldKeepWhatIsOnItsWayWhenTheRoomOfABackupEnds()
    {
        try (Trio trio = start(64 << 20, false))
        {
            put(trio, "there", 500);
            trio.pass(SECOND);
            take(trio.memories[2], 1);
            for (int i = 0; i < 50; i++)
            {
                put(trio, "k" + i, LARGE);
            }
            trio.pass(350 * MS);
            assertEquals(Assignment.NO_MEMBER, trio.partition(0).laggard(trio.nowNs));
            assertEquals(51, answers.count);
            assertEquals(List.of(), answers.reasons);
            assertEqualCopies(trio);
        }
    }

    @Test
    void shouldGiveACopyThatComesHalfOfWhatIsLeftToEntriesOnTheirWay()
    {
        final int half = (64 << 20) / PagePool.PAGE_SIZE / 32 / 2;
        try (Trio trio = start(64 << 20, false))
        {
            assertTrue(trio.memories[2].hasRoomForCopy(64 << 10));
            take(trio.memories[2], 3 - half);
            assertTrue(trio.memories[2].hasRoomForCopy(100), "there are three pages of the half");
            assertFalse(trio.memories[2].hasRoomForCopy(64 << 10));
            take(trio.memories[2], 1 - half);
            assertFalse(trio.memories[2].hasRoomForCopy(100));
        }
    }

    @Test
    void shouldBeginAnewWithALearnerThatHoldsTheLogAndDoesNotComeOn()
    {
        try (Trio trio = start(64 << 20, false))
        {
            trio.isDown[2] = true;
            trio.changeSet(0, 0, 0, 1);
            trio.tell(0, 1);
            put(trio, "there", 500);
            trio.pass(100 * MS);
            trio.isDown[2] = false;
            trio.loses = (letter) -> letter.to() == 2 && isAppend(letter);
            trio.tell(2);
            trio.pass(SECOND);
            assertNotNull(trio.partition(0).lead().followers().find(2), "it takes the log");
            for (int i = 0; i < 600; i++)
            {
                put(trio, "k" + i % 10, 10 * LARGE);
                trio.pass(Trio.STEP_NS);
            }
            trio.pass(SECOND);
            assertEquals(601, answers.count);
            assertTrue(answers.reasons.size() < 5, () -> "refused: " + answers.reasons.size());
        }
    }

    @Test
    void shouldLeaveAPartOfTheLogToWhatIsLedElsewhere()
    {
        try (Trio trio = start(64 << 20, false))
        {
            trio.isDown[1] = true;
            trio.isDown[2] = true;
            for (int i = 0; i < 2_000 && answers.reasons.isEmpty(); i++)
            {
                put(trio, "k" + i % 10, 10 * LARGE);
            }
            assertEquals(List.of(Reason.BACK_PRESSURE), answers.reasons);
            assertFalse(trio.memories[0].isLogShort(), "there is no room for entries of others");
        }
    }

    @Test
    void shouldLetEntriesGoWhenMemoryEndsAndKeepAllCopies()
    {
        try (Trio trio = start(16 << 20, true))
        {
            assertTrue(take(trio.memories[2], 200) > 100);
            int asked = 0;
            for (int i = 0; i < 3_000; i++)
            {
                for (int j = 0; j < 2; j++)
                {
                    put(trio, "k" + asked++, 1000);
                }
                trio.members[0].onUpkeep(trio.nowNs);
                trio.members[2].onUpkeep(trio.nowNs);
                trio.pass(Trio.STEP_NS);
                assertEquals(Assignment.NO_MEMBER, trio.partition(0).laggard(trio.nowNs), "after " + asked);
            }
            trio.pass(SECOND);
            assertEquals(asked, answers.count);
            assertFalse(answers.reasons.contains(Reason.STORE_FULL));
            assertTrue(trio.members[0].tally().evicted() > 100, "evicted " + trio.members[0].tally().evicted());
            assertEqualCopies(trio);
        }
    }

    private static Trio start(final long memory, final boolean evict)
    {
        final Trio trio = new Trio(ReplicationSettings.defaults(), new Rules(), memory, evict);
        trio.pass(SECOND);
        return trio;
    }

    /**
     * @param left pages of room to leave.
     * @return pages taken.
     */
    private static int take(final AgentMemory memory, final int left)
    {
        int taken = 0;
        while (memory.room() > left && memory.pool().reserve(1))
        {
            taken++;
        }
        return taken;
    }

    private void put(final Trio trio, final String key, final int valueLength)
    {
        ask(trio, requests.command(0, new Op(trio.map, key).put(new byte[valueLength])));
    }

    private void remove(final Trio trio, final String key)
    {
        ask(trio, requests.command(0, new Op(trio.map, key).action(Action.REMOVE)));
    }

    private void ask(final Trio trio, final int length)
    {
        trio.members[0].onRequest(requests.buffer, 0, length, answers, trio.nowNs);
    }

    private static boolean isAppend(final Trio.Letter letter)
    {
        return new MessageHeaderDecoder().wrap(new UnsafeBuffer(letter.bytes()), 0).templateId() ==
            AppendDecoder.TEMPLATE_ID;
    }

    private static void assertEqualCopies(final Trio trio)
    {
        final long digest = trio.partition(0).store().digest();
        assertEquals(digest, trio.partition(1).store().digest());
        assertEquals(digest, trio.partition(2).store().digest());
    }
}
