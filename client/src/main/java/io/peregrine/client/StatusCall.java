package io.peregrine.client;

import io.peregrine.client.codec.MemberState;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.StatusReplyDecoder;
import io.peregrine.transport.monitor.CounterType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Asks for the status of a node, as often as it takes to list all maps. On the caller's thread.
 */
final class StatusCall
{
    private static final int MAPS_A_PAGE = 64;
    private static final int END = -1;
    private static final int MOST_MAPS = 1 << 20;

    private final StatusReplyDecoder reply = new StatusReplyDecoder();
    private final List<NodeStatus.MapStatus> maps = new ArrayList<>();
    private final List<NodeStatus.MemberStatus> members = new ArrayList<>();
    private final SortedMap<String, Long> counters = new TreeMap<>();
    private NodeStatus status;

    /**
     * @param member that is asked; {@link GridOperations#HERE} for the one that is connected to.
     */
    NodeStatus ask(final BlockingCalls calls, final int member)
    {
        int from = 0;
        while (from != END)
        {
            calls.status(member, from, MAPS_A_PAGE);
            reply.wrapAndApplyHeader(calls.exchange().answer(), 0, new MessageHeaderDecoder());
            final int next = reply.nextMap();
            if (next != END && (next <= from || next > MOST_MAPS))
            {
                throw Errors.failed(ErrorCode.MALFORMED, "the node lists its maps in a circle");
            }
            take();
            from = next;
        }
        return status;
    }

    private void take()
    {
        final long gridId = reply.gridId();
        final long incarnation = reply.incarnation();
        final Duration uptime = Duration.ofNanos(reply.uptime());
        final int partitions = reply.partitions();
        final int agents = reply.agents();
        counters.clear();
        for (final StatusReplyDecoder.CountersDecoder counter : reply.counters())
        {
            final CounterType type = CounterType.of(counter.counter());
            counters.put(type == null ? "counter." + counter.counter() : type.label(), counter.value());
        }
        for (final StatusReplyDecoder.ListedDecoder map : reply.listed())
        {
            final Duration ttl = Versioned.duration(map.ttl());
            final Duration maxIdle = Versioned.duration(map.maxIdle());
            final long size = map.size();
            final int counted = map.counted();
            final byte[] name = new byte[map.nameLength()];
            map.getName(name, 0, name.length);
            maps.add(new NodeStatus.MapStatus(text(name), size, counted, ttl, maxIdle));
        }
        takeMembers();
        final byte[] name = new byte[reply.nodeNameLength()];
        reply.getNodeName(name, 0, name.length);
        final byte[] address = new byte[reply.addressLength()];
        reply.getAddress(address, 0, address.length);
        final byte[] grid = new byte[reply.gridNameLength()];
        reply.getGridName(grid, 0, grid.length);
        status = new NodeStatus(
            text(name), text(address), text(grid), gridId, incarnation, uptime, partitions, agents, counters, maps,
            members);
    }

    private void takeMembers()
    {
        for (final StatusReplyDecoder.MembersDecoder member : reply.members())
        {
            final long life = member.life();
            final int number = member.member();
            final int leads = member.leads();
            final int inSync = member.inSync();
            final int planned = member.planned();
            final String state = state(member.state());
            final byte[] name = new byte[member.memberNameLength()];
            member.getMemberName(name, 0, name.length);
            final byte[] endpoint = new byte[member.endpointLength()];
            member.getEndpoint(endpoint, 0, endpoint.length);
            members.add(new NodeStatus.MemberStatus(
                number, life, text(name), text(endpoint), state, leads, inSync, planned));
        }
    }

    private static String state(final MemberState told)
    {
        return told == MemberState.NULL_VAL || told == MemberState.SBE_UNKNOWN ?
            "unknown" : told.name().toLowerCase(Locale.ROOT);
    }

    private static String text(final byte[] bytes)
    {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
