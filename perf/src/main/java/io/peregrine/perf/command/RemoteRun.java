package io.peregrine.perf.command;

import io.peregrine.perf.remote.Reconnects;
import io.peregrine.perf.remote.RemoteBench;
import io.peregrine.perf.rig.Plan;
import io.peregrine.perf.rig.Result;

import java.io.PrintWriter;
import java.util.List;

/**
 * Chooses what a benchmark of a remote map measures, by its options. Used once.
 */
final class RemoteRun
{
    private final RemoteBench bench;
    private final RemoteOptions options;
    private Reconnects reconnects;

    RemoteRun(final RemoteBench bench, final RemoteOptions options)
    {
        this.bench = bench;
        this.options = options;
    }

    List<Result> run(final Plan load, final double reads, final boolean isTyped, final boolean withFloor)
        throws InterruptedException
    {
        if (options.restarts() > 0)
        {
            reconnects = bench.runRestarts(options.restarts());
            return List.of();
        }
        if (options.pipeline() > 0)
        {
            return bench.runPipelined(load, options.pipeline(), options.peer() == RemoteOptions.Peer.redis);
        }
        if (options.clients() > 0)
        {
            return bench.runInCrowd(load, reads, options.clients());
        }
        if (options.beside() != null)
        {
            return bench.runBeside(load, reads, options.beside());
        }

        return options.peer() == RemoteOptions.Peer.agent ?
            bench.runAgainstAgent(load, reads, isTyped) : bench.run(load, reads, isTyped, withFloor);
    }

    /**
     * Print what is no row of the rig.
     */
    void printRest(final PrintWriter out, final boolean asJson)
    {
        if (bench.memory() != null)
        {
            out.println(asJson ? bench.memory().json() : bench.memory().text());
        }
        if (bench.counts() != null)
        {
            out.println(asJson ? bench.counts().json() : bench.counts().text());
        }
        if (reconnects != null)
        {
            out.println(asJson ? reconnects.json() : reconnects.text());
        }
    }

    long wrongAtEnd()
    {
        return bench.wrongAtEnd();
    }
}
