package io.peregrine.perf.command;

import io.peregrine.node.Threading;
import io.peregrine.node.command.CommandFailure;
import io.peregrine.node.command.GridCommand;
import io.peregrine.perf.echo.EchoFloor;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.map.MapBench;
import io.peregrine.perf.remote.RemoteBench;
import io.peregrine.perf.remote.ReplicatedBench;
import io.peregrine.perf.rig.JsonLines;
import io.peregrine.perf.rig.Plan;
import io.peregrine.perf.rig.Result;
import io.peregrine.perf.rig.Table;
import io.peregrine.perf.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * A map through the API of the grid.
 */
@Command(
    name = "map",
    mixinStandardHelpOptions = true,
    description = "A map: get by bytes into a buffer of the caller, and put with its answer, mixed in one load. " +
        "With --floor, get is measured against ConcurrentHashMap<String, byte[]>.get with other instances of the " +
        "keys, and put against a round trip through the same kind of ring, same threads and idle strategy. With " +
        "--mode ipc or udp the node is a process of its own, and the floor is one caller of an Aeron echo process, " +
        "with messages of the same lengths; of several nodes, a relay of three processes.")
public final class BenchMapCommand implements GridCommand
{
    private static final int MOST_ENTRIES = 100_000_000;
    private static final int MOST_VALUE = 8 << 20;
    private static final int MOST_THREADS = 64;
    private static final long MOST_RATE = 1_000_000_000;
    private static final long HEAP_OVERHEAD = 160;
    private static final long HEAP_BASE = 256L << 20;

    /**
     * Where the map is.
     */
    enum Mode
    {
        embedded, ipc, udp
    }

    /**
     * The level of the API.
     */
    enum Api
    {
        flyweight, typed
    }

    /**
     * Where the keys are that operations use.
     */
    enum Keys
    {
        scattered, stream
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunOptions run;

    @Mixin
    private RemoteOptions remote;

    @Option(names = "--mode", defaultValue = "embedded",
        description = "Where the node is: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Mode mode;

    @Option(names = "--entries", paramLabel = "N", defaultValue = "1000000",
        description = "Entries, with keys of 16 bytes. Default: ${DEFAULT-VALUE}.")
    private int entries;

    @Option(names = "--value", paramLabel = "BYTES", defaultValue = "100",
        description = "Length of a value. Default: ${DEFAULT-VALUE}.")
    private int value;

    @Option(names = "--reads", paramLabel = "SHARE", defaultValue = "0.9",
        description = "Share of reads, 0 to 1; a row without a share is left out. Default: ${DEFAULT-VALUE}.")
    private double reads;

    @Option(names = "--threads", paramLabel = "T", defaultValue = "1",
        description = "Threads that drive load. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--rate", paramLabel = "R", defaultValue = "0",
        description = "Open loop: operations a second in all, timed from when each was due; 0: closed loop.")
    private long rate;

    @Option(names = "--api", defaultValue = "flyweight",
        description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Api api;

    @Option(names = "--keys", defaultValue = "scattered",
        description = "One key for each entry, anywhere in memory, or a stream of keys that lie one after the other: " +
            "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Keys keys;

    @Option(names = "--threading", defaultValue = "inline",
        description = "Threads of the node: inline or dedicated. Default: ${DEFAULT-VALUE}.")
    private Threading threading;

    @Option(names = "--floor", description = "Measure the floor, in turns with the grid.")
    private boolean floor;

    @Option(names = "--writer", description = "Only reads: beside a writer at full speed, against reads without it.")
    private boolean writer;

    @Override
    public Integer call() throws InterruptedException
    {
        check();
        Terminal.quiet();
        return mode == Mode.embedded ? embedded() : remote();
    }

    private int remote() throws InterruptedException
    {
        final RemoteRun bench;
        final List<Result> results;
        try (RunOptions.Shown shown = run.progress("bench map"))
        {
            if (remote.nodes() > 1)
            {
                return replicated(new ReplicatedBench(
                    workload(), remote.nodes(), remote.driving(), shown.progress()));
            }

            bench = new RemoteRun(
                new RemoteBench(workload(), mode == Mode.ipc, remote.driving(), shown.progress()), remote);
            results = bench.run(load(), reads, api == Api.typed, floor);
        }
        if (!results.isEmpty())
        {
            print(results);
        }

        bench.printRest(spec.commandLine().getOut(), run.json());
        return verdict(results, bench.wrongAtEnd());
    }

    private int replicated(final ReplicatedBench bench) throws InterruptedException
    {
        final List<Result> results = remote.idleNode() ?
            bench.runBesideIdleNode(load(), reads, api == Api.typed) :
            bench.run(load(), reads, api == Api.typed, floor);
        print(results);
        return verdict(results, bench.wrongAtEnd());
    }

    private Plan load()
    {
        return Plan.closed(
            mode.name(), new String[0], new double[0], threads, run.rounds(), run.seconds()).atRate(rate);
    }

    private Workload workload()
    {
        return keys == Keys.stream ? Workload.stream(entries, value) : Workload.uniform(entries, value);
    }

    private int embedded() throws InterruptedException
    {
        final MapBench bench = new MapBench(
            workload(), reads, threads, rate, run.rounds(), run.seconds(), api == Api.typed);
        final List<Result> results;
        try (RunOptions.Shown shown = run.progress("bench map"))
        {
            results = writer ? bench.runBesideWriter(shown.progress()) : bench.run(floor, threading, shown.progress());
        }

        print(results);
        return verdict(results, bench.wrongAtEnd());
    }

    private static int verdict(final List<Result> results, final long wrongAtEnd)
    {
        if (wrongAtEnd > 0)
        {
            throw new CommandFailure(String.format(
                Locale.ROOT, "%,d entries were wrong or missing when all was over", wrongAtEnd));
        }

        final boolean wrong = results.stream().anyMatch(
            result -> result.subject().wrong() > 0 || result.floor() != null && result.floor().wrong() > 0);
        return wrong ? FAILED : DONE;
    }

    private void check()
    {
        run.check();
        run.require(entries >= 1 && entries <= MOST_ENTRIES, "--entries must be from 1 to 100000000, not " + entries);
        run.require(value >= 0 && value <= MOST_VALUE, "--value must be from 0 to 8388608, not " + value);
        run.require(threads >= 1 && threads <= MOST_THREADS, "--threads must be from 1 to 64, not " + threads);
        run.require(rate >= 0 && rate <= MOST_RATE, "--rate must be from 0 to 1000000000, not " + rate);
        run.require(threading != Threading.INVOKER, "--threading must be inline or dedicated");
        final boolean isRemote = mode != Mode.embedded;
        remote.check(isRemote, rate > 0, floor);
        run.require(remote.nodes() == 1 || mode == Mode.udp, "--nodes is for --mode udp");
        run.require(remote.nodes() == 1 || !floor || reads == 0, "--floor of several --nodes is for --reads 0");
        run.require(!isRemote || !floor || EchoFloor.canEcho(value), "--floor is for values that fit in one datagram");
        if (writer)
        {
            run.require(!floor && !isRemote, "--writer has a floor of its own, and an embedded node");
            reads = 1;
        }

        run.require(reads >= 0 && reads <= 1, "--reads must be from 0 to 1, not " + reads);
        final long needed = HEAP_BASE + (floor && !isRemote ? entries * (value + HEAP_OVERHEAD) : 0);
        final long heap = Runtime.getRuntime().maxMemory();
        if (needed > heap)
        {
            throw new CommandFailure(String.format(
                Locale.ROOT,
                "the floor holds all entries on the Java heap and needs about %,d MB, and there are %,d MB: " +
                "set PEREGRINE_JAVA_OPTS=-Xmx%dm, or lower --entries or --value, or leave out --floor",
                needed >> 20, heap >> 20, needed >> 20));
        }
    }

    private void print(final List<Result> results)
    {
        final PrintWriter out = spec.commandLine().getOut();
        if (!run.json())
        {
            out.print(Table.of(results));
            return;
        }

        for (final Result result : results)
        {
            out.println(JsonLines.of(result));
            for (final String reason : result.verdict().reasons())
            {
                spec.commandLine().getErr().println(result.name() + ": " + reason);
            }
        }
    }
}
