package io.peregrine.perf.command;

import io.peregrine.client.Driving;
import io.peregrine.perf.remote.Nuisance;
import io.peregrine.perf.remote.RemoteBench;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What is asked of a map only when its node is in another process.
 */
final class RemoteOptions
{
    private static final int MOST_WINDOW = 1_024;
    private static final int MOST_CLIENTS = 2_000;
    private static final int MOST_RESTARTS = 1_000;
    private static final int MOST_NODES = 8;

    /**
     * What a map is compared with instead of the floor.
     */
    enum Peer
    {
        redis, agent
    }

    @Option(names = "--driving", paramLabel = "WHO", defaultValue = "caller",
        description = "Who moves the client's messages: caller or agent. Default: ${DEFAULT-VALUE}.")
    private Driving driving;

    @Option(names = "--pipeline", paramLabel = "N", defaultValue = "0",
        description = "Throughput of reads with N of each thread in flight.")
    private int pipeline;

    @Option(names = "--peer",
        description = "Alternate with redis (and its benchmark, -c 50 -P 16; only with --pipeline), or with a client " +
            "driven by an agent.")
    private Peer peer;

    @Option(names = "--clients", paramLabel = "N", defaultValue = "0",
        description = "Calls beside N idle clients, against those without them, and the memory that those take.")
    private int clients;

    @Option(names = "--beside", paramLabel = "NUISANCE",
        description = "Calls beside a client that does harm, against those without it, and what the node counts " +
            "meanwhile: deaf (never reads its answers), flood (asks as fast as it can), halfway (stops in the " +
            "middle of long values), stopped (its process stands still).")
    private Nuisance beside;

    @Option(names = "--restarts", paramLabel = "N", defaultValue = "0",
        description = "Restart the node N times, and take the time from when it serves to the first answer.")
    private int restarts;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "1",
        description = "Nodes of the grid, each a process; two copies of each entry. With --floor, puts are measured " +
            "against an Aeron relay of three processes. Default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(names = "--idle-node",
        description = "With --nodes: calls beside one more node that holds nothing, against those without it.")
    private boolean idleNode;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * @param isRemote whether the node is in another process.
     * @param isOpen   whether operations are due at a rate.
     * @param withEcho whether the floor was asked for.
     */
    void check(final boolean isRemote, final boolean isOpen, final boolean withEcho)
    {
        require(pipeline >= 0 && pipeline <= MOST_WINDOW, "--pipeline must be from 0 to 1024, not " + pipeline);
        require(clients >= 0 && clients <= MOST_CLIENTS, "--clients must be from 0 to 2000, not " + clients);
        require(restarts >= 0 && restarts <= MOST_RESTARTS, "--restarts must be from 0 to 1000, not " + restarts);
        final int kinds = (pipeline > 0 ? 1 : 0) + (clients > 0 ? 1 : 0) + (restarts > 0 ? 1 : 0) +
            (beside != null ? 1 : 0);
        require(kinds <= 1, "--pipeline, --clients, --beside and --restarts are measured one at a time");
        require(isRemote || kinds == 0 && peer == null && driving == Driving.CALLER,
            "--pipeline, --clients, --beside, --restarts, --peer and --driving are for --mode ipc or udp");
        require(kinds == 0 && peer == null || !withEcho, "--floor is for calls that wait, alone and without a peer");
        require(pipeline == 0 || !isOpen, "--pipeline has no rate");
        require(peer != Peer.redis || pipeline > 0, "--peer redis is for --pipeline");
        require(peer != Peer.agent || kinds == 0, "--peer agent is for calls that wait, alone");
        checkNodes(isRemote, kinds > 0 || peer != null, withEcho);
        require(peer != Peer.redis || RemoteBench.hasPeer(),
            "--peer redis needs redis-server and redis-benchmark on the PATH: install Redis");
    }

    private void checkNodes(final boolean isRemote, final boolean isSpecial, final boolean withRelay)
    {
        require(nodes >= 1 && nodes <= MOST_NODES, "--nodes must be from 1 to 8, not " + nodes);
        require(nodes == 1 || isRemote && !isSpecial, "--nodes is for calls that wait, alone, by --mode udp");
        require(!idleNode || nodes > 1 && !withRelay, "--idle-node is for two --nodes or more, and is a floor itself");
    }

    private void require(final boolean holds, final String otherwise)
    {
        if (!holds)
        {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    Driving driving()
    {
        return driving;
    }

    int pipeline()
    {
        return pipeline;
    }

    Peer peer()
    {
        return peer;
    }

    int clients()
    {
        return clients;
    }

    Nuisance beside()
    {
        return beside;
    }

    int nodes()
    {
        return nodes;
    }

    boolean idleNode()
    {
        return idleNode;
    }

    int restarts()
    {
        return restarts;
    }
}
