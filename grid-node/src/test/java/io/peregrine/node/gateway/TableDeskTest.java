package io.peregrine.node.gateway;

import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.RefusalDecoder;
import io.peregrine.client.codec.TableReplyDecoder;
import io.peregrine.client.codec.TableRequestEncoder;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlState;
import io.peregrine.node.control.GridSettings;
import io.peregrine.node.partition.Replies;
import io.peregrine.node.partition.Tally;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The table as clients get it.
 */
class TableDeskTest
{
    private static final int PARTITIONS = TableDesk.MAX_PARTITIONS + 10;

    private final ControlState state = new ControlState();
    private final TableDesk desk = new TableDesk(new Replies(new Tally()));
    private final List<String> told = new ArrayList<>();
    private TableReplyDecoder reply;
    private int template;

    @BeforeEach
    void found()
    {
        state.apply(new ControlCommand.Found(
            new GridSettings(PARTITIONS, 1, 1, 100, 4096, 1 << 20, GridSettings.ALONE_LEASE_NS)), 0);
        state.apply(new ControlCommand.Join("a", "host:7000", 1, "", 2, 11, 0), 0);
        state.apply(new ControlCommand.Join("b", "other:8000", 1, "", 3, 12, 0), 0);
        state.apply(new ControlCommand.Join("c", "", 1, "", 1, 13, 0), 0);
    }

    @Test
    void shouldTellAllOfALongTableInSeveralAnswers()
    {
        ask(-1, 0);
        final int next = reply.next();
        assertEquals(TableDesk.MAX_PARTITIONS, next);
        assertEquals(List.of("0 2 host:7000", "1 3 other:8000"), members());
        final List<Integer> primaries = primaries();
        ask(-1, next);
        assertEquals(-1, reply.next());
        assertEquals(List.of(), members());
        primaries.addAll(primaries());
        assertEquals(state.view().assignments().stream().map((each) -> each.primary()).toList(), primaries);
        assertEquals(state.view().version(), reply.version());
    }

    @Test
    void shouldTellNothingWhenTheClientKnowsAll()
    {
        ask(state.view().version(), 0);
        assertEquals(-1, reply.next());
        assertEquals(List.of(), members());
        assertEquals(List.of(), primaries());
    }

    @Test
    void shouldRefuseWhatIsOutOfRange()
    {
        ask(-1, -1);
        assertEquals(RefusalDecoder.TEMPLATE_ID, template);
        ask(-1, PARTITIONS + 1);
        assertEquals(RefusalDecoder.TEMPLATE_ID, template);
    }

    private List<String> members()
    {
        told.clear();
        for (final TableReplyDecoder.MembersDecoder member : reply.members())
        {
            final String numbers = member.member() + " " + member.agents() + " ";
            final byte[] endpoint = new byte[member.endpointLength()];
            member.getEndpoint(endpoint, 0, endpoint.length);
            told.add(numbers + new String(endpoint, US_ASCII));
        }
        return told;
    }

    private List<Integer> primaries()
    {
        final List<Integer> primaries = new ArrayList<>();
        for (final TableReplyDecoder.PartitionsDecoder partition : reply.partitions())
        {
            assertTrue(partition.epoch() > 0);
            primaries.add(partition.primary());
        }
        return primaries;
    }

    private void ask(final long known, final int from)
    {
        final UnsafeBuffer request = new UnsafeBuffer(
            new byte[MessageHeaderEncoder.ENCODED_LENGTH + TableRequestEncoder.BLOCK_LENGTH]);
        new TableRequestEncoder().wrapAndApplyHeader(request, 0, new MessageHeaderEncoder())
            .correlationId(7).known(known).from(from).reserved1(0);
        final Answer answer = new Answer();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        desk.onRequest(
            request, 0, request.capacity(), header.wrap(request, 0), answer, state.view());
        template = header.wrap(answer.buffer(), 0).templateId();
        if (template == TableReplyDecoder.TEMPLATE_ID)
        {
            reply = new TableReplyDecoder().wrapAndApplyHeader(answer.buffer(), 0, header);
            assertEquals(7, reply.correlationId());
        }
    }

    /**
     * Keeps the one answer.
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
        public ExpandableArrayBuffer buffer()
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
