package io.peregrine.client.remote;

import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.TableReplyDecoder;
import io.peregrine.client.codec.TableReplyEncoder;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TablesTest
{
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int AGENTS = 2;

    private final Tables tables = new Tables(4, 0, 1, 1, 7);
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();

    @Test
    void shouldConnectToAMemberThatJoinsBeforeItLeadsAnything()
    {
        told(1, 0, -1, 1, 0, 1, 2);
        told(2, 0, -1, 1, 0, 1, 2, 3);
        assertArrayEquals(new int[]{Table.place(3, 0), Table.place(3, 1)}, tables.wanted());
    }

    @Test
    void shouldConnectToAMemberThatBeginsAnotherLife()
    {
        told(1, 0, -1, 1, 0, 1, 2);
        told(2, 0, -1, 2, 2);
        assertArrayEquals(new int[]{Table.place(2, 0), Table.place(2, 1)}, tables.wanted());
    }

    @Test
    void shouldNotConnectToMembersThatWereThereBefore()
    {
        told(1, 0, -1, 1, 0, 1, 2);
        told(2, 0, -1, 1, 0, 1, 2);
        assertArrayEquals(new int[]{}, tables.wanted());
    }

    @Test
    void shouldKnowATableThatComesInPartsOfOneVersion()
    {
        told(3, 0, 2, 1, 0, 1, 2);
        told(4, 2, -1, 1);
        assertEquals(Table.NO_VERSION, tables.table().version);
        told(4, 0, 2, 1, 0, 1, 2);
        told(4, 3, -1, 1);
        assertEquals(Table.NO_VERSION, tables.table().version);
        told(4, 2, -1, 1);
        assertEquals(4, tables.table().version);
        told(5, 0, 2, 1, 0, 1, 2, 3);
        assertArrayEquals(new int[]{Table.place(3, 0), Table.place(3, 1)}, tables.wanted());
    }

    @Test
    void shouldLookForNewsOnceInAWhileFromTheFirstWhileOn()
    {
        assertFalse(tables.mayRefresh(0));
        assertFalse(tables.mayRefresh(SECOND / 2 - 1));
        assertTrue(tables.mayRefresh(3 * SECOND / 2));
        assertFalse(tables.mayRefresh(3 * SECOND / 2));
        assertTrue(tables.mayRefresh(3 * SECOND));
    }

    @Test
    void shouldNotAskMoreRarelyInNeedAsNothingWasNews()
    {
        assertTrue(tables.mayAsk(0));
        for (long nowNs = 0; nowNs < 100 * SECOND; nowNs += 2 * SECOND)
        {
            tables.mayRefresh(nowNs);
        }
        assertTrue(tables.mayAsk(2));
    }

    private void told(
        final long version, final int from, final int next, final long incarnation, final int... members)
    {
        final TableReplyEncoder reply = new TableReplyEncoder()
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .correlationId(1)
            .version(version)
            .from(from)
            .next(next);
        final TableReplyEncoder.MembersEncoder each = reply.membersCount(members.length);
        for (final int member : members)
        {
            final byte[] endpoint = ("host:" + (1000 + member)).getBytes(StandardCharsets.US_ASCII);
            each.next().incarnation(incarnation).member(member).agents(AGENTS)
                .putEndpoint(endpoint, 0, endpoint.length);
        }
        final TableReplyEncoder.PartitionsEncoder partitions = reply.partitionsCount((next < 0 ? 4 : next) - from);
        for (int i = from; i < (next < 0 ? 4 : next); i++)
        {
            partitions.next().epoch(1).primary(0).replica(1);
        }
        tables.learn(0, new TableReplyDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder()));
    }
}
