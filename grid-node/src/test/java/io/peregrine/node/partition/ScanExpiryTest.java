package io.peregrine.node.partition;

import io.peregrine.client.codec.MapReadReplyDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.ScanReplyDecoder;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.codec.AppendDecoder;
import io.peregrine.node.partition.Requests.Op;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.node.replication.Rules;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What scans show of records that are past their end, where others may lead next.
 */
class ScanExpiryTest
{
    private static final long MS = 1_000_000;
    private static final long TTL_NS = 100 * MS;

    private final Trio trio = new Trio(ReplicationSettings.defaults(), new Rules());
    private final Requests requests = new Requests();
    private final Answer answer = new Answer();

    @AfterEach
    void close()
    {
        trio.close();
    }

    @Test
    void shouldNotLeaveOutWhatANextPrimaryWithAnEarlierTimeStillHas()
    {
        begin();
        trio.loses = letter -> letter.from() == 0;
        trio.nowNs += TTL_NS + 10 * MS;
        final List<String> shown = scan(0);
        trio.loses = letter -> false;
        trio.changeSet(0, 1, 0, 1, 2);
        trio.tell(0, 1, 2);
        while (!trio.partition(1).isServing())
        {
            trio.pass(Trio.STEP_NS);
        }
        assertTrue(isThere(1, "a"), "its time goes on from the last that it heard");
        assertEquals(List.of("a"), shown);
    }

    @Test
    void shouldLeaveOutWhatIsPastItsEndByAnEntryThatAllHave()
    {
        begin();
        trio.pass(TTL_NS);
        put("b", 0);
        trio.pass(50 * MS);
        assertEquals(List.of("b"), scan(0));
    }

    /**
     * The second put of the same key was written down when the first was under way, so its end was not looked at.
     */
    @Test
    void shouldShowWhatAnEntryThatIsUnderWayFinds()
    {
        trio.pass(1_000 * MS);
        put("a", TTL_NS);
        trio.pass(Trio.STEP_NS);
        trio.nowNs += TTL_NS;
        put("b", 0);
        trio.pass(Trio.STEP_NS);
        put("a", 0);
        trio.loses = letter -> kind(letter) == AppendDecoder.TEMPLATE_ID;
        trio.pass(20 * MS);
        assertTrue(trio.partition(0).isUnderWay());
        assertEquals(Set.of("a", "b"), Set.copyOf(scan(0)), "what the second put finds");
        trio.loses = letter -> false;
        trio.pass(500 * MS);
        assertEquals(Set.of("a", "b"), Set.copyOf(scan(0)));
    }

    @Test
    void shouldLeaveOutWhatHasExpired()
    {
        begin();
        trio.pass(TTL_NS);
        trio.members[0].onUpkeep(trio.nowNs);
        trio.pass(50 * MS);
        assertEquals(List.of(), scan(0));
    }

    private static int kind(final Trio.Letter letter)
    {
        return new MessageHeaderDecoder().wrap(new UnsafeBuffer(letter.bytes()), 0).templateId();
    }

    private void begin()
    {
        trio.pass(1_000 * MS);
        put("a", TTL_NS);
        trio.pass(20 * MS);
        assertEquals(List.of("a"), scan(0));
    }

    private void put(final String key, final long ttlNs)
    {
        final Op op = new Op(trio.map, key).put(new byte[5]);
        send(0, requests.command(0, ttlNs == 0 ? op : op.ttl(ttlNs)));
    }

    private boolean isThere(final int member, final String key)
    {
        send(member, requests.read(0, trio.map, key));
        return new MapReadReplyDecoder().wrapAndApplyHeader(answer.buffer, 0, new MessageHeaderDecoder())
            .flags().present();
    }

    private List<String> scan(final int member)
    {
        send(member, requests.scan(0, trio.map, 0, 100));
        final List<String> keys = new ArrayList<>();
        final ScanReplyDecoder reply =
            new ScanReplyDecoder().wrapAndApplyHeader(answer.buffer, 0, new MessageHeaderDecoder());
        for (final ScanReplyDecoder.EntriesDecoder entry : reply.entries())
        {
            final byte[] key = new byte[entry.keyLength()];
            entry.getKey(key, 0, key.length);
            keys.add(new String(key, StandardCharsets.US_ASCII));
            entry.skipValue();
        }
        return keys;
    }

    private void send(final int member, final int length)
    {
        trio.members[member].onRequest(requests.buffer, 0, length, answer, trio.nowNs);
    }

    /**
     * Keeps the last.
     */
    private static final class Answer implements MessageSink
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
