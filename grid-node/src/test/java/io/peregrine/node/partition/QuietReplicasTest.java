package io.peregrine.node.partition;

import io.peregrine.node.codec.AcksDecoder;
import io.peregrine.node.codec.AppendDecoder;
import io.peregrine.node.codec.BeatDecoder;
import io.peregrine.node.codec.MessageHeaderDecoder;
import io.peregrine.node.partition.Requests.Op;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.node.replication.Rules;
import io.peregrine.storage.log.Sequences;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What a primary sends and appends, and what it does not.
 */
class QuietReplicasTest
{
    private static final long SECOND = 1_000_000_000L;
    private static final long MS = 1_000_000L;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final Requests requests = new Requests();
    private final TrioAnswers answers = new TrioAnswers();
    private final Trio trio = new Trio(ReplicationSettings.defaults(), new Rules());

    @BeforeEach
    void setUp()
    {
        trio.pass(SECOND);
    }

    @AfterEach
    void tearDown()
    {
        trio.close();
    }

    @Test
    void shouldSendNothingForAPartitionThatIsIdle()
    {
        put(0, "a");
        trio.pass(SECOND);
        final int[] ofEntries = new int[1];
        final int[] ofLeases = new int[1];
        trio.loses = letter ->
        {
            ofEntries[0] += isOfLog(letter) ? 1 : 0;
            ofLeases[0] += kind(letter) == BeatDecoder.TEMPLATE_ID ? 1 : 0;
            return false;
        };
        trio.pass(10 * SECOND);
        assertEquals(0, ofEntries[0]);
        assertTrue(ofLeases[0] > 100);
        assertTrue(trio.partition(0).lead().mayAnswer());
        assertEqualCopies();
    }

    @Test
    void shouldTellCopiesWhatIsCommittedUntilTheyHaveAppliedItThoughMessagesAreLost()
    {
        final Random random = new Random(9);
        trio.loses = letter -> isOfLog(letter) && random.nextInt(2) == 0;
        for (int i = 0; i < 20; i++)
        {
            put(0, "a" + i);
            trio.pass(2 * SECOND);
            assertEquals(i + 1, answers.count);
            trio.loses = i == 19 ? letter -> false : trio.loses;
        }
        trio.pass(200 * MS);
        assertEquals(trio.partition(0).log().last(), trio.partition(1).log().applied());
        assertEquals(trio.partition(0).log().last(), trio.partition(2).log().applied());
        assertEqualCopies();
    }

    @Test
    void shouldTellCopiesOnceMoreWhenTheSetChangesUnderTheSamePrimary()
    {
        put(0, "a");
        trio.pass(SECOND);
        trio.changeSet(0, 0, 0, 1);
        trio.tell(0, 1, 2);
        trio.pass(SECOND);
        assertTrue(trio.partition(1).follow().heardTime(trio.nowNs) > 0, "knows the time of its primary");
    }

    @Test
    void shouldMakeAStructureOnceForAllRequestsThatComeUntilItIsThere()
    {
        final long before = trio.partition(0).log().last();
        for (int i = 0; i < 10; i++)
        {
            put(0, "a" + i);
        }
        assertEquals(11, Sequences.counter(trio.partition(0).log().last()) - Sequences.counter(before));
        trio.pass(SECOND);
        assertEquals(10, answers.count);
        assertTrue(answers.reasons.isEmpty());
    }

    @Test
    void shouldAppendAnExpiryOnceForAllRequestsThatComeUntilItIsApplied()
    {
        final int length = requests.command(0, new Op(trio.map, "a").put(new byte[5]).ttl(50 * MS));
        trio.members[0].onRequest(requests.buffer, 0, length, answers, trio.nowNs);
        trio.pass(SECOND);
        final long before = trio.partition(0).log().last();
        for (int i = 0; i < 10; i++)
        {
            put(0, "a");
            trio.members[0].onUpkeep(trio.nowNs);
        }
        assertTrue(Sequences.counter(trio.partition(0).log().last()) - Sequences.counter(before) <= 12);
        trio.pass(SECOND);
        assertEquals(11, answers.count);
        assertTrue(answers.reasons.isEmpty());
        assertEqualCopies();
    }

    private int kind(final Trio.Letter letter)
    {
        return header.wrap(new UnsafeBuffer(letter.bytes()), 0).templateId();
    }

    private boolean isOfLog(final Trio.Letter letter)
    {
        return kind(letter) == AppendDecoder.TEMPLATE_ID || kind(letter) == AcksDecoder.TEMPLATE_ID;
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
