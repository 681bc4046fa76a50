package io.peregrine.node.partition;

import io.peregrine.client.port.MessageSink;
import io.peregrine.node.codec.AcksDecoder;
import io.peregrine.node.codec.AppendDecoder;
import io.peregrine.node.codec.MessageHeaderDecoder;
import io.peregrine.node.codec.RelayDecoder;
import io.peregrine.node.codec.ViewAnswerDecoder;
import io.peregrine.node.partition.Requests.Op;
import io.peregrine.node.replication.Envelope;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.node.replication.Rules;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Messages between nodes that were cut short or changed on their way.
 */
class PeerGarbageTest
{
    private static final long SECOND = 1_000_000_000L;
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int PER_KIND = 24;
    private static final int KINDS = 13;

    private final ReplicationSettings settings = ReplicationSettings.defaults();
    private final Requests requests = new Requests();
    private final Random random = new Random(11);
    private final Map<Integer, List<Trio.Letter>> letters = new TreeMap<>();
    private final Trio trio = new Trio(settings, new Rules());

    @AfterEach
    void tearDown()
    {
        trio.close();
    }

    @Test
    void shouldReadNothingBehindTheEndOfAMessageOfAnyKind()
    {
        collect();
        for (final List<Trio.Letter> ofKind : letters.values())
        {
            for (final Trio.Letter letter : ofKind)
            {
                for (int length = 0; length < letter.bytes().length; length = next(length, letter))
                {
                    deliver(letter, Arrays.copyOf(letter.bytes(), length));
                }
            }
        }
        assertFalse(trio.members[letters.get(AcksDecoder.TEMPLATE_ID).get(0).to()].isBroken());
    }

    @Test
    void shouldSurviveChangedBytesInMessagesOfAnyKind()
    {
        collect();
        for (int round = 0; round < 200; round++)
        {
            for (final List<Trio.Letter> ofKind : letters.values())
            {
                deliver(ofKind.get(random.nextInt(ofKind.size())));
            }
        }
        for (final AgentPartitions member : trio.members)
        {
            assertTrue(member.tally().badPeerMessages > 0);
            assertFalse(member.isBroken());
        }
    }

    @Test
    void shouldReadNoAcknowledgementWhenTheirNumberIsMoreThanTheMessageHolds()
    {
        collect();
        final Trio.Letter letter = letters.get(AcksDecoder.TEMPLATE_ID).get(0);
        final int group = HEADER + AcksDecoder.BLOCK_LENGTH;
        final byte[] bytes = letter.bytes().clone();
        final long before = trio.members[letter.to()].tally().badPeerMessages;
        new UnsafeBuffer(bytes).putShort(group + 2, (short) 0xFFFF, ByteOrder.LITTLE_ENDIAN);
        deliver(letter, bytes);
        assertEquals(before + 1, trio.members[letter.to()].tally().badPeerMessages);
    }

    /**
     * Entries, snapshots and states are long: not every length of them.
     */
    private static int next(final int length, final Trio.Letter letter)
    {
        return length < 200 ? length + 1 : length + Math.max(1, letter.bytes().length / 50);
    }

    /**
     * Entries, states and commands that are well formed are believed: what is inside of them is not changed.
     */
    private void deliver(final Trio.Letter letter)
    {
        final byte[] bytes = letter.bytes().clone();
        final int kind = kind(letter);
        final boolean isBelieved = kind == AppendDecoder.TEMPLATE_ID || kind == ViewAnswerDecoder.TEMPLATE_ID ||
            kind == RelayDecoder.TEMPLATE_ID;
        final int end = isBelieved ? HEADER + PeerBlocks.least(kind) + Integer.BYTES : bytes.length;
        for (int i = random.nextInt(3); i >= 0; i--)
        {
            final int at = random.nextInt(4) == 0 ? random.nextInt(HEADER) :
                Envelope.LENGTH + random.nextInt(Math.max(1, end - Envelope.LENGTH));
            bytes[Math.min(at, bytes.length - 1)] = (byte) random.nextInt();
        }
        deliver(letter, bytes);
    }

    private void deliver(final Trio.Letter letter, final byte[] bytes)
    {
        trio.members[letter.to()].onPeer(new UnsafeBuffer(bytes), 0, bytes.length, trio.nowNs);
    }

    /**
     * Let members be put out, begin other lives, learn, lose the control plane and each other, and keep some messages
     * of each kind.
     */
    private void collect()
    {
        trio.loses = letter ->
        {
            final List<Trio.Letter> ofKind = letters.computeIfAbsent(kind(letter), kind -> new ArrayList<>());
            if (ofKind.size() == PER_KIND)
            {
                ofKind.remove(random.nextInt(PER_KIND));
            }
            ofKind.add(letter);
            return false;
        };
        trio.pass(SECOND);
        for (int i = 0; i < 20; i++)
        {
            put(0, "k" + i);
        }
        trio.pass(SECOND);
        trio.changeSet(0, 0, 0, 1);
        trio.restart(2, settings, new Rules());
        trio.tell(0, 2);
        trio.pass(SECOND);
        put(0, "more");
        trio.pass(SECOND);
        trio.hasControl[1] = true;
        trio.pass(SECOND);
        trio.changeSet(1, 1, 1);
        trio.pass(SECOND);
        trio.loses = letter -> false;
        assertTrue(letters.size() >= KINDS - 2, "kinds seen: " + letters.keySet());
    }

    private static int kind(final Trio.Letter letter)
    {
        return new MessageHeaderDecoder().wrap(new UnsafeBuffer(letter.bytes()), 0).templateId();
    }

    private void put(final int member, final String key)
    {
        final int length = requests.command(0, new Op(trio.map, key).put(new byte[50]));
        trio.members[member].onRequest(requests.buffer, 0, length, new Nobody(), trio.nowNs);
    }

    /**
     * Takes answers.
     */
    private static final class Nobody implements MessageSink
    {
        private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();

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
        }

        @Override
        public void abort()
        {
        }
    }
}
