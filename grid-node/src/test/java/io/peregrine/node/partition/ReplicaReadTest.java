package io.peregrine.node.partition;

import io.peregrine.client.codec.MapReadReplyDecoder;
import io.peregrine.client.codec.MapReplyDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.codec.BeatAnswerDecoder;
import io.peregrine.node.codec.BeatDecoder;
import io.peregrine.node.partition.Requests.Op;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.node.replication.Rules;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Reads at copies that are not the primary's, and how old they are.
 */
class ReplicaReadTest
{
    private static final long SECOND = 1_000_000_000L;
    private static final long MS = 1_000_000L;

    private final Requests requests = new Requests();
    private final Answer answer = new Answer();
    private final TreeMap<Long, Long> acknowledged = new TreeMap<>();

    @Test
    void shouldReadAtACopyOnceThePrimarySaidHowFarItIs()
    {
        try (Trio trio = start(new Rules()))
        {
            put(trio);
            trio.pass(SECOND);
            assertFalse(read(trio, 1, SECOND), "nothing is known yet");
            trio.pass(20 * MS);
            assertTrue(read(trio, 1, SECOND));
            assertEquals(acknowledged.lastEntry().getValue(), answer.version);
            assertTrue(answer.age > 0 && answer.age <= 20 * MS);
            assertTrue(answer.present);
            assertEquals(1, trio.members[1].tally().replicaReads());
        }
    }

    @Test
    void shouldAnswerWithNoAgeAtThePrimary()
    {
        try (Trio trio = start(new Rules()))
        {
            put(trio);
            trio.pass(SECOND);
            assertTrue(read(trio, 0, SECOND));
            assertEquals(0, answer.age);
        }
    }

    @Test
    void shouldReadNothingAtACopyThatMayBeOlderThanTheBound()
    {
        try (Trio trio = start(new Rules()))
        {
            put(trio);
            trio.pass(SECOND);
            read(trio, 1, SECOND);
            trio.pass(20 * MS);
            trio.loses = letter -> letter.from() == 0 && letter.to() == 1;
            trio.pass(100 * MS);
            assertTrue(read(trio, 1, SECOND));
            assertFalse(read(trio, 1, 50 * MS));
            trio.pass(SECOND);
            assertFalse(read(trio, 1, SECOND));
            assertTrue(read(trio, 1, 3 * SECOND));
        }
    }

    @Test
    void shouldLearnNothingFromAPrimaryWithoutItsLease()
    {
        try (Trio trio = start(new Rules()))
        {
            trio.loses = letter -> isBeat(letter) && letter.to() == 0;
            trio.pass(SECOND);
            assertFalse(trio.partition(0).lead().mayAnswer());
            read(trio, 1, SECOND);
            trio.pass(20 * MS);
            assertFalse(read(trio, 1, SECOND));
        }
    }

    @Test
    void shouldForgetWhatAFormerPrimarySaid()
    {
        try (Trio trio = start(new Rules()))
        {
            read(trio, 2, SECOND);
            trio.pass(20 * MS);
            assertTrue(read(trio, 2, SECOND));
            trio.changeSet(0, 1, 1, 0, 2);
            trio.tell(0, 1, 2);
            assertFalse(read(trio, 2, SECOND));
            trio.pass(SECOND);
            assertFalse(read(trio, 2, SECOND), "the new one did not serve yet when it was asked");
            trio.pass(20 * MS);
            assertTrue(read(trio, 2, SECOND));
        }
    }

    @Test
    void shouldNeverReadWhatIsOlderThanItSays()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            assertTrue(readManyTimes(new Rules(), seed) > 100);
        }
    }

    @Test
    void shouldFindOutWhenTheBoundIsNotKept()
    {
        final Rules lax = new Rules()
        {
            @Override
            public boolean isFresh(final long askedAtNs, final long nowNs, final long boundNs)
            {
                return true;
            }
        };
        assertThrows(AssertionError.class, () -> readManyTimes(lax, 1));
    }

    /**
     * @return reads that a copy answered.
     */
    private int readManyTimes(final Rules rules, final long seed)
    {
        final Random random = new Random(seed);
        acknowledged.clear();
        int answered = 0;
        try (Trio trio = start(rules))
        {
            put(trio);
            trio.pass(100 * MS);
            for (int i = 0; i < 1_000; i++)
            {
                if (i % 50 == 0)
                {
                    final int lost = random.nextInt(3) == 0 ? 2 : random.nextInt(10) + 2;
                    trio.loses = letter -> letter.to() == 1 && !isBeat(letter) && random.nextInt(lost) < 2;
                }
                put(trio);
                trio.pass((1 + random.nextInt(4)) * Trio.STEP_NS);
                final long boundNs = (5 + random.nextInt(200)) * MS;
                if (read(trio, 1, boundNs))
                {
                    answered++;
                    assertTrue(answer.age <= boundNs, "it was asked for less than that");
                    final Long atLeast = acknowledged.floorEntry(trio.nowNs - answer.age) == null ?
                        0 : acknowledged.floorEntry(trio.nowNs - answer.age).getValue();
                    assertTrue(answer.version >= atLeast, "older than it says");
                }
            }
        }

        return answered;
    }

    private Trio start(final Rules rules)
    {
        final Trio trio = new Trio(ReplicationSettings.defaults(), rules);
        trio.pass(SECOND);
        return trio;
    }

    private static boolean isBeat(final Trio.Letter letter)
    {
        final int kind = new MessageHeaderDecoder().wrap(new UnsafeBuffer(letter.bytes()), 0).templateId();
        return kind == BeatDecoder.TEMPLATE_ID || kind == BeatAnswerDecoder.TEMPLATE_ID;
    }

    private void put(final Trio trio)
    {
        final int length = requests.command(0, new Op(trio.map, "k").put(new byte[50]));
        trio.members[0].onRequest(requests.buffer, 0, length, new Answer()
        {
            @Override
            void onVersion(final long ofEntry)
            {
                acknowledged.put(trio.nowNs, ofEntry);
            }
        }, trio.nowNs);
    }

    private boolean read(final Trio trio, final int member, final long boundNs)
    {
        answer.isRead = false;
        final int length = requests.read(0, trio.map, "k", boundNs);
        trio.members[member].onRequest(requests.buffer, 0, length, answer, trio.nowNs);
        return answer.isRead;
    }

    /**
     * Takes one answer.
     */
    private static class Answer implements MessageSink
    {
        private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private boolean isRead;
        private boolean present;
        private long version;
        private long age;

        void onVersion(final long ofEntry)
        {
        }

        @Override
        public int maxMessageLength()
        {
            return Integer.MAX_VALUE;
        }

        @Override
        public int tryClaim(final int partition, final int length)
        {
            return 0;
        }

        @Override
        public MutableDirectBuffer buffer()
        {
            return buffer;
        }

        @Override
        public void commit()
        {
            header.wrap(buffer, 0);
            if (header.templateId() == MapReadReplyDecoder.TEMPLATE_ID)
            {
                final MapReadReplyDecoder reply = new MapReadReplyDecoder().wrapAndApplyHeader(buffer, 0, header);
                isRead = true;
                present = reply.flags().present();
                version = reply.version();
                age = reply.age();
            }
            else if (header.templateId() == MapReplyDecoder.TEMPLATE_ID)
            {
                onVersion(new MapReplyDecoder().wrapAndApplyHeader(buffer, 0, header).version());
            }
        }

        @Override
        public void abort()
        {
        }
    }
}
