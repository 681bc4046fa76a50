package io.peregrine.node.partition;

import io.peregrine.client.codec.Reason;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.partition.Requests.Op;
import io.peregrine.node.control.Change;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.node.replication.Rules;
import io.peregrine.storage.log.Sequences;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ReplicasTest
{
    private static final long SECOND = 1_000_000_000L;
    private static final long MS = 1_000_000L;

    private final ReplicationSettings settings = ReplicationSettings.defaults();
    private final Requests requests = new Requests();
    private final TrioAnswers answers = new TrioAnswers();
    private Trio trio;

    @BeforeEach
    void setUp()
    {
        trio = new Trio(settings, new Rules());
        trio.pass(SECOND);
    }

    @AfterEach
    void tearDown()
    {
        trio.close();
    }

    @Test
    void shouldAcknowledgeWhenEveryMemberHasTheEntry()
    {
        put(0, "a");
        assertEquals(0, answers.count, "before the others have it");
        trio.pass(20 * MS);
        assertEquals(1, answers.count);
        assertEquals(Sequences.epoch(answers.version), trio.partition(0).epoch());
        trio.pass(SECOND);
        assertEqualCopies();
    }

    @Test
    void shouldNotAcknowledgeWhileOneMemberLacksTheEntry()
    {
        trio.isDown[2] = true;
        put(0, "a");
        trio.pass(SECOND);
        assertEquals(0, answers.count);
        assertTrue(trio.partition(0).laggard(trio.nowNs) == 2);
        trio.changeSet(0, 0, 0, 1);
        trio.tell(0, 1);
        trio.pass(20 * MS);
        assertEquals(1, answers.count);
        assertTrue(answers.version > 0);
    }

    @Test
    void shouldGoOnAfterLosses()
    {
        final Random random = new Random(5);
        trio.loses = letter -> random.nextInt(3) == 0;
        for (int i = 0; i < 300; i++)
        {
            put(0, "k" + i % 20);
            trio.pass(Trio.STEP_NS);
        }
        trio.loses = letter -> false;
        trio.pass(2 * SECOND);
        assertEquals(300, answers.count);
        assertEqualCopies();
    }

    @Test
    void shouldServeAtTheNewPrimaryOnlyWhenTheOldOneMustKnow()
    {
        put(0, "a");
        trio.pass(100 * MS);
        trio.changeSet(1, 1, 1, 2);
        trio.tell(1, 2);
        final long decidedNs = trio.nowNs;
        while (!trio.partition(1).isServing())
        {
            assertTrue(trio.nowNs - decidedNs < 2 * settings.graceNs());
            assertTrue(trio.partition(0).term() == null || !trio.partition(1).isServing());
            trio.pass(Trio.STEP_NS);
        }
        assertFalse(trio.partition(0).lead().mayAnswer(), "the old primary's lease is over");
        answers.count = 0;
        put(1, "b");
        trio.pass(100 * MS);
        assertEquals(1, answers.count);
        assertTrue(answers.version > 0);
    }

    @Test
    void shouldTakeOverAtOnceWhenTheOldPrimaryGaveUp()
    {
        put(0, "a");
        trio.pass(100 * MS);
        trio.changeSet(0, 1, 1, 0, 2);
        trio.tell(0, 1, 2);
        trio.pass(200 * MS);
        assertTrue(trio.partition(1).isServing());
        assertFalse(trio.partition(0).isServing());
        answers.count = 0;
        put(1, "b");
        trio.pass(100 * MS);
        assertEquals(1, answers.count);
        trio.pass(SECOND);
        assertEqualCopies();
    }

    @Test
    void shouldCutOffWhatTheNewPrimaryDoesNotHave()
    {
        put(0, "a");
        trio.pass(SECOND);
        trio.loses = letter -> letter.from() == 0 || letter.to() == 0;
        put(0, "lost");
        put(0, "lost too");
        trio.pass(600 * MS);
        assertEquals(1, answers.count);
        trio.changeSet(1, 1, 1, 2);
        trio.tell(1, 2);
        trio.pass(SECOND);
        put(1, "b");
        trio.pass(SECOND);
        assertEquals(2, answers.count);
        trio.loses = letter -> false;
        trio.tell(0);
        assertEquals(4, answers.count, "those who waited know that nothing is known");
        assertEquals(List.of(Reason.NOT_SERVING, Reason.NOT_SERVING), answers.reasons);
    }

    @Test
    void shouldGetIntoSyncAgainByTheLogWhenAMemberWasPutOut()
    {
        put(0, "a");
        trio.pass(SECOND);
        trio.changeSet(0, 0, 0, 1);
        trio.tell(0, 1, 2);
        trio.pass(SECOND);
        assertTrue(trio.partition(0).isCaughtUp(trio.replica(2)));
        takeIn();
        assertEqualCopies();
    }

    @Test
    void shouldNotTakeALearnerForCaughtUpThatLacksWhatIsCommitted()
    {
        trio.changeSet(0, 0, 0, 1);
        trio.tell(0, 1, 2);
        trio.pass(SECOND);
        assertTrue(trio.partition(0).isCaughtUp(trio.replica(2)));
        trio.isDown[2] = true;
        put(0, "a");
        trio.pass(20 * MS);
        assertEquals(1, answers.count, "without the learner");
        assertFalse(trio.partition(0).isCaughtUp(trio.replica(2)));
        trio.isDown[2] = false;
        trio.pass(SECOND);
        assertTrue(trio.partition(0).isCaughtUp(trio.replica(2)));
    }

    @Test
    void shouldNotTakeAnotherLifeOfAMemberForTheLearnerThatCaughtUp()
    {
        put(0, "a");
        trio.pass(SECOND);
        trio.changeSet(0, 0, 0, 1);
        trio.tell(0, 1, 2);
        trio.pass(SECOND);
        assertTrue(trio.partition(0).isCaughtUp(trio.replica(2)));
        trio.restart(2, settings, new Rules());
        trio.tell(0, 1, 2);
        assertFalse(trio.partition(0).isCaughtUp(trio.replica(2)), "it has nothing yet");
        trio.pass(SECOND);
        assertTrue(trio.partition(0).isCaughtUp(trio.replica(2)));
    }

    @Test
    void shouldGetASnapshotWhenAMemberBeginsAnotherLife()
    {
        for (int i = 0; i < 200; i++)
        {
            put(0, "k" + i);
        }
        trio.pass(SECOND);
        trio.changeSet(0, 0, 0, 1);
        trio.restart(2, settings, new Rules());
        trio.tell(0, 1, 2);
        for (int i = 0; i < 200; i++)
        {
            put(0, "k" + i * 3);
            trio.pass(Trio.STEP_NS);
        }
        trio.pass(SECOND);
        assertTrue(trio.partition(0).isCaughtUp(trio.replica(2)));
        takeIn();
        assertEqualCopies();
    }

    @Test
    void shouldTakeNoEntryWhenTheMemoryForItIsNotThere()
    {
        put(0, "a");
        trio.pass(SECOND);
        int reserved = 0;
        while (trio.memories[2].pool().reserve(1))
        {
            reserved++;
        }
        put(0, "b");
        trio.pass(SECOND);
        assertEquals(1, answers.count);
        assertFalse(trio.members[2].isBroken());
        assertEquals(2, trio.partition(0).laggard(trio.nowNs));

        trio.memories[2].pool().unreserve(reserved);
        trio.pass(SECOND);
        assertEquals(2, answers.count);
        assertEqualCopies();
    }

    private void takeIn()
    {
        trio.changeSet(0, 0, 0, 1, 2);
        trio.partition(0).onProposed(new Change(
            0, trio.partition(0).epoch(), 0, trio.control.view().assignments().get(0).inSync()));
        trio.tell(0, 1, 2);
        put(0, "last");
        trio.pass(SECOND);
    }

    @Test
    void shouldRefuseEntriesOfAnEpochThatIsOver()
    {
        put(0, "a");
        trio.pass(SECOND);
        trio.changeSet(1, 1, 1, 2);
        trio.tell(1, 2);
        put(0, "b");
        trio.pass(50 * MS);
        assertFalse(trio.partition(0).isServing(), "it was told that it does not lead");
        assertEquals(2, answers.count);
        assertEquals(List.of(Reason.NOT_SERVING), answers.reasons);
    }

    @Test
    void shouldReplaceADeadPrimaryAndADeadBackup()
    {
        Arrays.fill(trio.hasControl, true);
        put(0, "a");
        trio.pass(100 * MS);
        trio.isDown[0] = true;
        trio.pass(2 * SECOND);
        final int next = trio.partition(1).isServing() ? 1 : 2;
        assertTrue(trio.partition(next).isServing());
        put(next, "b");
        trio.pass(100 * MS);
        assertEquals(2, answers.count);
        assertTrue(answers.reasons.isEmpty());
        trio.isDown[3 - next] = true;
        trio.pass(2 * SECOND);
        put(next, "c");
        trio.pass(100 * MS);
        assertEquals(3, answers.count, "alone, by the lease of the control plane");
        trio.hasControl[next] = false;
        trio.pass(11 * SECOND);
        put(next, "d");
        trio.pass(SECOND);
        assertEquals(3, answers.count, "alone, and cut off from the control plane for longer than the lease");
    }

    @Test
    void shouldLearnWhatWasDecidedFromPeersWhenTheControlPlaneIsAway()
    {
        trio.hasControl[1] = true;
        trio.hasControl[2] = true;
        put(0, "a");
        trio.pass(100 * MS);
        trio.loses = letter -> letter.from() == 0 && letter.to() == 1;
        trio.pass(5 * SECOND);
        assertTrue(trio.partition(1).epoch() > 2, "somebody was put out");
        assertEquals(trio.partition(1).epoch(), trio.partition(2).epoch());
        trio.loses = letter -> false;
        trio.pass(SECOND);
        assertEquals(trio.partition(1).epoch(), trio.partition(0).epoch());
    }

    @Test
    void shouldAskForAsManyCopiesAsTheGridIsToldAtAnyTime()
    {
        trio.control.apply(new ControlCommand.SetCopies(3, 2), trio.nowNs);
        trio.changeSet(0, 0, 0, 1);
        trio.changeSet(0, 0, 0);
        trio.hasControl[0] = true;
        trio.isDown[1] = true;
        trio.isDown[2] = true;
        trio.tell(0);
        trio.pass(SECOND);
        put(0, "a");
        assertEquals(List.of(Reason.BACK_PRESSURE), answers.reasons);
        trio.control.apply(new ControlCommand.SetCopies(3, 1), trio.nowNs);
        trio.pass(100 * MS);
        put(0, "a");
        trio.pass(100 * MS);
        assertEquals(2, answers.count);
        assertEquals(1, answers.reasons.size());
    }

    @Test
    void shouldCountWhatEndsWhereItIsLed()
    {
        for (int i = 0; i < 10; i++)
        {
            final int length = requests.command(0, new Op(trio.map, "k" + i).put(new byte[50]).ttl(100 * MS));
            trio.members[0].onRequest(requests.buffer, 0, length, answers, trio.nowNs);
        }
        trio.pass(SECOND);
        trio.members[0].onUpkeep(trio.nowNs);
        trio.pass(SECOND);
        assertEquals(10, trio.members[0].tally().expired());
        assertEquals(0, trio.members[1].tally().expired());
        assertEquals(0, trio.partition(1).store().maps().size(), "it ends at the copies all the same");
    }

    private void put(final int member, final String key)
    {
        final int length = requests.command(0, new Op(trio.map, key).put(new byte[50]));
        trio.members[member].onRequest(requests.buffer, 0, length, answers, trio.nowNs);
    }

    private void assertEqualCopies()
    {
        final long digest = trio.partition(0).store().digest();
        assertEquals(digest, trio.partition(1).store().digest());
        assertEquals(digest, trio.partition(2).store().digest());
    }
}
