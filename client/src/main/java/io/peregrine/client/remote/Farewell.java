package io.peregrine.client.remote;

import io.peregrine.client.codec.CloseSessionReplyDecoder;
import io.peregrine.client.codec.CloseSessionRequestEncoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.RedirectDecoder;
import io.peregrine.transport.link.LinkConnection;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Ends the sessions of a lane that nobody uses any more. Each partition is told until it answers, so that what the
 * sessions hold is let go of now, and not when they end by themselves; for a limited time. Shares nothing that changes
 * with the lane, whose thread may be about to find out that it is closed. Knows no clock and no thread: time is an
 * argument, and whoever moves messages calls.
 */
final class Farewell implements Inbox.Receiver
{
    private static final long ASK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int ROOT = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int LENGTH = ROOT + CloseSessionRequestEncoder.BLOCK_LENGTH;

    /**
     * The first of its own numbers: an answer to an earlier question of the lane about the same partition is not for
     * it.
     */
    private static final int FIRST = 1 << 30;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MessageHeaderDecoder answer = new MessageHeaderDecoder();
    private final CloseSessionRequestEncoder request = new CloseSessionRequestEncoder();
    private final RedirectDecoder redirect = new RedirectDecoder();
    private final Int2ObjectHashMap<Way> ways = new Int2ObjectHashMap<>();
    private final List<Ending> endings = new ArrayList<>();
    private final Tables tables;
    private final LaneIds ids;
    private final int tag;
    private final long endNs;
    private int left;

    /**
     * A session that is to end.
     */
    private static final class Ending
    {
        private final int partition;
        private final long sessionId;
        private boolean isOver;
        private boolean isAsked;
        private long askedNs;

        Ending(final int partition, final long sessionId)
        {
            this.partition = partition;
            this.sessionId = sessionId;
        }
    }

    /**
     * @param tag    of the lane.
     * @param ids    of the lane.
     * @param tables say who leads.
     * @param endNs  when to leave the rest to end by itself.
     */
    Farewell(final int tag, final LaneIds ids, final Tables tables, final long endNs)
    {
        this.tag = tag;
        this.ids = ids;
        this.tables = tables;
        this.endNs = endNs;
    }

    /**
     * One more session is to end. Before the first {@link #work}.
     */
    void add(final int partition, final long sessionId)
    {
        endings.add(new Ending(partition, sessionId));
        left++;
    }

    /**
     * There is a connection to a data agent.
     */
    void onConnection(final int place, final LinkConnection connection)
    {
        final Way way = ways.computeIfAbsent(place, (key) -> new Way(place, tag));
        if (!way.isBy(connection))
        {
            way.connect(connection, tables.table().gridId);
        }
    }

    /**
     * A message came for the lane.
     *
     * @param place of the data agent whose it is.
     */
    @Override
    public void onAnswer(final int place, final DirectBuffer buffer, final int offset, final int length)
    {
        final Way way = ways.get(place);
        if (way == null || !way.isInGrid() || !AnswerForm.isWhole(buffer, offset, length) ||
            answer.wrap(buffer, offset).schemaId() != MessageHeaderDecoder.SCHEMA_ID)
        {
            return;
        }
        final long id = buffer.getLong(offset + ROOT, ByteOrder.LITTLE_ENDIAN);
        final int index = LaneIds.number(id) - FIRST;
        if (!ids.isOwn(id) || LaneIds.kind(id) != LaneIds.CLOSE_SESSION || index < 0 || index >= endings.size())
        {
            return;
        }
        final Ending ending = endings.get(index);
        if (answer.templateId() == CloseSessionReplyDecoder.TEMPLATE_ID)
        {
            left -= ending.isOver ? 0 : 1;
            ending.isOver = true;
        }
        else if (answer.templateId() == RedirectDecoder.TEMPLATE_ID)
        {
            redirect.wrapAndApplyHeader(buffer, offset, answer);
            ending.isAsked &=
                !tables.learn(way.gridId(), redirect.partition(), redirect.epoch(), redirect.primary());
        }
    }

    /**
     * Say what is to be said and finds room.
     *
     * @return whether nothing is left to do, or nobody can be told, or the time is over.
     */
    boolean work(final long nowNs)
    {
        boolean isReached = false;
        for (int i = 0; i < endings.size(); i++)
        {
            final Ending ending = endings.get(i);
            if (!ending.isOver)
            {
                final Way way = way(ending.partition);
                isReached |= way != null;
                if (way != null && (!ending.isAsked || nowNs - ending.askedNs >= ASK_AGAIN_NS))
                {
                    ask(way, i, ending, nowNs);
                }
            }
        }
        return left == 0 || !isReached || nowNs - endNs >= 0;
    }

    /**
     * @return to whoever leads a partition, or else to one that says who does; null if nobody is reached.
     */
    private Way way(final int partition)
    {
        final int place = tables.table().place(partition);
        final Way leader = ways.get(place);
        if (leader != null && isReady(leader))
        {
            return leader;
        }
        if (place != Table.NOWHERE)
        {
            tables.want(place);
        }
        for (final Way each : ways.values())
        {
            if (isReady(each))
            {
                return each;
            }
        }
        return null;
    }

    private static boolean isReady(final Way way)
    {
        return !way.isLost() && way.isReady();
    }

    private void ask(final Way way, final int index, final Ending ending, final long nowNs)
    {
        final int at = way.tryClaim(ending.partition, LENGTH);
        if (at >= 0)
        {
            request.wrapAndApplyHeader(way.buffer(), at, header)
                .correlationId(ids.own(LaneIds.CLOSE_SESSION, FIRST + index))
                .sessionId(ending.sessionId)
                .partition(ending.partition)
                .reserved1(0);
            way.commit();
            ending.isAsked = true;
            ending.askedNs = nowNs;
        }
    }
}
