package io.peregrine.node;

import io.peregrine.client.codec.GridInfoEncoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.node.agent.NodeFacts;
import io.peregrine.node.agent.NodeGate;
import io.peregrine.node.gateway.Gateway;
import io.peregrine.node.gateway.GatewayCounters;
import io.peregrine.node.gateway.GatewayLimits;
import io.peregrine.node.gateway.RequestDesk;
import io.peregrine.node.gateway.ServedNetwork;
import io.peregrine.node.partition.Limits;
import io.peregrine.transport.link.LinkHost;
import io.peregrine.transport.link.LinkIdentity;
import io.peregrine.transport.link.LinkServerSettings;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;

/**
 * The gateways of a node, one for each data agent: made by the launching thread, then each on its agent's.
 */
final class NodeGateways
{
    private static final int MAX_MTU = 65_504;
    private static final long HANDSHAKE_NS = TimeUnit.SECONDS.toNanos(5);

    private final NodeContext context;
    private final NodeResources resources;
    private final NodeGate gate;
    private final Limits limits;
    private final GatewayLimits gatewayLimits;
    private final LinkIdentity identity;
    private final GatewayCounters[] counters;

    NodeGateways(
        final NodeContext context,
        final NodeResources resources,
        final NodeGate gate,
        final Limits limits,
        final int memberId)
    {
        this.context = context;
        this.resources = resources;
        this.gate = gate;
        this.limits = limits;
        gatewayLimits = GatewayLimits.of(
            context.get(NodeSettings.LANE_REQUESTS),
            limits.maxRequestLength(),
            Runtime.getRuntime().maxMemory() / context.get(NodeSettings.AGENTS));
        final SecureRandom random = new SecureRandom();
        identity = new LinkIdentity(
            random.nextLong(),
            gate.gridId() == 0 ? random.nextLong() : gate.gridId(),
            context.get(NodeSettings.GRID),
            context.get(NodeSettings.NAME),
            greeting(memberId));
        counters = new GatewayCounters[context.get(NodeSettings.AGENTS)];
    }

    NodeFacts facts()
    {
        return new NodeFacts(
            context.get(NodeSettings.NAME),
            context.get(NodeSettings.BIND),
            context.get(NodeSettings.GRID),
            identity.gridId(),
            identity.incarnation());
    }

    Gateway open(final int agent, final RequestDesk desk)
    {
        final Gateway gateway = new Gateway(desk, gatewayLimits, limits.partitions(), gate::isOpen);
        final LinkHost host = resources.host();
        if (host != null)
        {
            gateway.network(new ServedNetwork(
                host,
                agent == 0,
                host.listen(context.get(NodeSettings.BIND), agent, linkSettings(), identity, gateway)));
            counters[agent] = new GatewayCounters(resources.file(), agent, gateway);
        }

        return gateway;
    }

    void show(final int agent)
    {
        if (counters[agent] != null)
        {
            counters[agent].show();
        }
    }

    private LinkServerSettings linkSettings()
    {
        return new LinkServerSettings(
            context.get(NodeSettings.CLIENTS),
            context.get(NodeSettings.CLIENTS_STREAMS) / context.get(NodeSettings.AGENTS),
            context.get(NodeSettings.CLIENTS_TERM).intValue(),
            context.get(NodeSettings.CLIENTS_WINDOW).intValue(),
            MAX_MTU,
            HANDSHAKE_NS,
            context.get(NodeSettings.CLIENTS_BEAT),
            context.get(NodeSettings.CLIENTS_SILENCE));
    }

    private DirectBuffer greeting(final int memberId)
    {
        final GridInfoEncoder info = new GridInfoEncoder();
        final UnsafeBuffer buffer = new UnsafeBuffer(
            new byte[MessageHeaderEncoder.ENCODED_LENGTH + GridInfoEncoder.BLOCK_LENGTH]);
        info.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .maxValueLength(limits.maxValueLength())
            .maxRequestLength(limits.maxRequestLength())
            .sessionTimeout(gatewayLimits.maxSessionNs())
            .partitions(limits.partitions())
            .maxKeyLength(limits.maxKeyLength())
            .agents(context.get(NodeSettings.AGENTS))
            .maxInFlight(gatewayLimits.maxInFlight())
            .maxTags(gatewayLimits.maxTags())
            .member(memberId);
        return buffer;
    }
}
