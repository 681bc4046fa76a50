package io.peregrine.perf.sim.grid;

import io.peregrine.node.control.Member;
import io.peregrine.node.replication.PeerSink;
import io.peregrine.perf.sim.world.Network;

/**
 * Numbers of the places in the network, and of the channels between them.
 */
public final class Places
{
    /**
     * The most machines; their places are their indexes.
     */
    public static final int MAX_MACHINES = 16;

    /**
     * The most data agents of one node.
     */
    public static final int MAX_AGENTS = 2;

    /**
     * Where the control plane is.
     */
    public static final int HOST = 20;

    /**
     * The place of the first client.
     */
    public static final int FIRST_CLIENT = 24;

    /**
     * Between clients and nodes. A connection of a client never carries a request twice.
     */
    public static final int CLIENT_CHANNEL = Network.SINGLE;

    /**
     * Between nodes and the control plane.
     */
    public static final int CONTROL_CHANNEL = 9;

    private static final int FIRST_PEER_CHANNEL = 16;
    private static final int STREAMS = PeerSink.Stream.values().length;
    private static final String PREFIX = "n";

    private Places()
    {
    }

    /**
     * @param agent   that sends.
     * @param toAgent of another node, that receives.
     * @param stream  of the streams between them.
     * @return channel of that stream.
     */
    public static int peerChannel(final int agent, final int toAgent, final PeerSink.Stream stream)
    {
        return FIRST_PEER_CHANNEL + (agent * MAX_AGENTS + toAgent) * STREAMS + stream.ordinal();
    }

    /**
     * @param channel between two data agents.
     * @return number of the one that receives.
     */
    static int agentTo(final int channel)
    {
        return (channel - FIRST_PEER_CHANNEL) / STREAMS % MAX_AGENTS;
    }

    /**
     * @param machine index of it.
     * @return key of its node.
     */
    public static String key(final int machine)
    {
        return PREFIX + machine;
    }

    /**
     * @param member that runs on a machine.
     * @return index of that machine.
     */
    public static int of(final Member member)
    {
        return Integer.parseInt(member.key(), PREFIX.length(), member.key().length(), 10);
    }
}
