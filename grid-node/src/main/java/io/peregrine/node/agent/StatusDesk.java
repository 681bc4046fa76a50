package io.peregrine.node.agent;

import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.StatusReplyEncoder;
import io.peregrine.client.codec.StatusRequestDecoder;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.StructureDefinition;
import io.peregrine.node.control.StructureTable;
import io.peregrine.node.partition.Replies;
import io.peregrine.transport.monitor.CounterType;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.status.CountersReader;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Answers what the node says of itself: rare, so that it may make garbage, and bounded in the maps that it counts for
 * one answer. One for each data agent, whose thread it is on.
 */
final class StatusDesk
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int MAX_MAPS = 64;
    private static final int ALL_LISTED = -1;
    private static final long FOR_EVER = -1;
    private static final Set<CounterType> HIGHEST = EnumSet.of(
        CounterType.DUTY_CYCLE_MAX, CounterType.AGENT_ACTIVITY, CounterType.MEMORY_LIMIT, CounterType.MEMORY_USED,
        CounterType.CLIENTS);

    private final StatusRequestDecoder request = new StatusRequestDecoder();
    private final StatusReplyEncoder reply = new StatusReplyEncoder();
    private final MemberLines members = new MemberLines();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NodeFacts facts;
    private final NodeParts node;
    private final Shard[] shards;
    private final CountersReader counters;
    private final Replies replies;
    private final long startNs;

    /**
     * @param facts    about the node.
     * @param node     around this.
     * @param shards   of all agents, filled in before the first request comes.
     * @param counters of the node.
     * @param replies  for refusals.
     */
    StatusDesk(
        final NodeFacts facts,
        final NodeParts node,
        final Shard[] shards,
        final CountersReader counters,
        final Replies replies)
    {
        this.facts = facts;
        this.node = node;
        this.shards = shards;
        this.counters = counters;
        this.replies = replies;
        startNs = node.clock().nanoTime();
    }

    void onRequest(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MessageHeaderDecoder of,
        final MessageSink sink,
        final long nowNs)
    {
        request.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final long correlationId = request.correlationId();
        if (of.blockLength() < StatusRequestDecoder.BLOCK_LENGTH || length < HEADER + of.blockLength())
        {
            replies.refuse(sink, 0, correlationId, Reason.MALFORMED, false);
            return;
        }
        final int maxMaps = request.maxMaps();
        if (request.fromMap() < 0 || maxMaps < 0 || maxMaps > MAX_MAPS)
        {
            replies.refuse(sink, 0, correlationId, Reason.ARGUMENT_INVALID, false);
            return;
        }

        final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
        write(message, correlationId, request.fromMap(), maxMaps, nowNs);
        final int replyLength = HEADER + reply.encodedLength();
        final int at = sink.tryClaim(0, replyLength);
        sink.buffer().putBytes(at, message, 0, replyLength);
        sink.commit();
    }

    private void write(
        final ExpandableArrayBuffer message,
        final long correlationId,
        final int fromMap,
        final int maxMaps,
        final long nowNs)
    {
        final StructureTable table = node.gate().view().structures();
        final int first = table.indexFrom(fromMap);
        final int end = Math.min(table.size(), first + maxMaps);
        reply.wrapAndApplyHeader(message, 0, header)
            .correlationId(correlationId)
            .gridId(facts.gridId())
            .incarnation(facts.incarnation())
            .uptime(nowNs - startNs)
            .nextMap(end == table.size() ? ALL_LISTED : table.at(end).id())
            .partitions(shards.length)
            .agents(node.agents().length)
            .maps(table.size());

        writeCounters();
        final StatusReplyEncoder.ListedEncoder maps = reply.listedCount(end - first);
        for (int i = first; i < end; i++)
        {
            final StructureDefinition map = table.at(i);
            final byte[] name = map.name().getBytes(StandardCharsets.UTF_8);
            final ServedEntries served = new ServedEntries(map.id(), shards);
            maps.next()
                .size(served.entries())
                .ttl(map.ttlNs() == 0 ? FOR_EVER : map.ttlNs())
                .maxIdle(map.maxIdleNs() == 0 ? FOR_EVER : map.maxIdleNs())
                .structureId(map.id())
                .counted(served.partitions())
                .putName(name, 0, name.length);
        }
        members.write(reply, fromMap == 0 ? node.gate().view() : ControlView.EMPTY);
        final byte[] name = bytes(facts.name());
        final byte[] address = bytes(facts.address());
        final byte[] grid = bytes(facts.grid());
        reply.putNodeName(name, 0, name.length)
            .putAddress(address, 0, address.length)
            .putGridName(grid, 0, grid.length);
    }

    /**
     * Counters of one type are added up, save those of which each agent shows what holds for all.
     */
    private void writeCounters()
    {
        final SortedMap<Integer, Long> totals = new TreeMap<>();
        counters.forEach((id, typeId, key, label) -> totals.merge(
            typeId,
            counters.getCounterValue(id),
            HIGHEST.contains(CounterType.of(typeId)) ? Math::max : Long::sum));
        final StatusReplyEncoder.CountersEncoder group = reply.countersCount(totals.size());
        totals.forEach((type, value) -> group.next().value(value).counter(type).reserved1(0));
    }

    private static byte[] bytes(final String text)
    {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
