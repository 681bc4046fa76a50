package io.peregrine.node;

import io.peregrine.client.Idling;
import io.peregrine.client.config.Setting;
import io.peregrine.client.config.SettingList;
import io.peregrine.node.cluster.Seeds;
import io.peregrine.node.control.GridSettings;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.transport.monitor.LiveDirectory;
import io.peregrine.transport.process.UdpPort;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Every setting of a node: name, default, range and meaning stand here and nowhere else.
 */
public final class NodeSettings
{
    static final int MOST_AGENTS = 16;

    /**
     * What the node calls itself.
     */
    public static final Setting<String> NAME = Setting.text("name", "node",
        text -> text.matches("[A-Za-z0-9._-]{1,64}"), "1 to 64 of A-Z a-z 0-9 . _ -",
        "Name of the node, unique in its grid and on its machine.")
        .withDefault(NodeSettings::nextName, "node-<pid>, numbered from the second of a process on");

    /**
     * Directory of its own.
     */
    public static final Setting<String> DIR = Setting.text("dir", "", text -> true,
        "the path of a directory, or empty for none",
        "Directory that the node keeps locked for itself while it runs.");

    /**
     * Where nodes of this machine show themselves.
     */
    public static final Setting<String> LIVE_DIR = Setting.text("live.dir", "", text -> true,
        "the path of a directory",
        "Directory in which the nodes of this user show counters and errors.")
        .withDefault(
            () -> LiveDirectory.defaultPath().toString(), "peregrine-<user> in /dev/shm or among temporary files");

    /**
     * Address to be reached at.
     */
    public static final Setting<String> BIND = Setting.text("bind", "",
        text -> text.isEmpty() || UdpPort.isEndpoint(text),
        "HOST:PORT, or empty for none",
        "Address at which the node is reached; empty for an embedded node that nobody else reaches.");

    /**
     * The nodes that host the control plane.
     */
    public static final Setting<String> SEEDS = Setting.checkedText("seeds", "", Seeds::against,
        "NAME=HOST:PORT one, three or five times with commas between, each name and port once; or empty",
        "Nodes that host the control plane, the same on all nodes of the grid: for each its name and the first of " +
        "its six UDP ports for that. Empty for a node that is a grid by itself.");

    /**
     * When a silent node is replaced.
     */
    public static final Setting<Long> ABSENT_AFTER = Setting.duration("absent.after",
        TimeUnit.SECONDS.toNanos(60), TimeUnit.SECONDS.toNanos(1), TimeUnit.HOURS.toNanos(24),
        "How long the control plane may not hear of this node until its copies are made elsewhere.");

    /**
     * The grid that the node is of.
     */
    public static final Setting<String> GRID = Setting.text("grid", "grid",
        text -> text.matches("[A-Za-z0-9._-]{1,64}"), "1 to 64 of A-Z a-z 0-9 . _ -",
        "Name of the grid; clients that mean another one are turned away.");

    /**
     * Clients at one time.
     */
    public static final Setting<Integer> CLIENTS = Setting.count("clients", 2_048, 1, 1 << 16,
        "Clients that may be connected to a data agent at one time.");

    /**
     * Buffers of a client.
     */
    public static final Setting<Long> CLIENTS_TERM = Setting.size("clients.term", 256L << 10, 64L << 10, 16L << 20,
        "Longest buffer (term) that a client may choose, a power of two; a client takes up to six.");

    /**
     * What may be on its way from a client.
     */
    public static final Setting<Long> CLIENTS_WINDOW = Setting.size("clients.window",
        64L << 10, 16L << 10, 8L << 20,
        "Requests that one client may have on their way over UDP to a data agent: others wait behind so much " +
            "of them, and a client sends no more than this in the time of a round trip.");

    /**
     * Buffers of all clients.
     */
    public static final Setting<Long> CLIENTS_STREAMS = Setting.size("clients.streams", 1L << 30, 1L << 20, 1L << 44,
        "Shared memory that the buffers of all clients may take; who comes beyond it is turned away.");

    /**
     * Signs of life.
     */
    public static final Setting<Long> CLIENTS_BEAT = Setting.duration("clients.beat",
        TimeUnit.MILLISECONDS.toNanos(250), TimeUnit.MILLISECONDS.toNanos(10), TimeUnit.SECONDS.toNanos(30),
        "How often clients and node give each other a sign of life.");

    /**
     * The end of a silent client.
     */
    public static final Setting<Long> CLIENTS_SILENCE = Setting.duration("clients.silence",
        TimeUnit.SECONDS.toNanos(2), TimeUnit.MILLISECONDS.toNanos(50), TimeUnit.MINUTES.toNanos(2),
        "After how long without a sign of life client and node give each other up; at least twice clients.beat.");

    /**
     * Which threads the node runs on.
     */
    public static final Setting<Threading> THREADING = Setting.choice("threading", Threading.class,
        Threading.INLINE, "Threads of the node: inline (data agents, the first drives the media driver too), " +
        "dedicated (media driver apart), invoker (the application's own).");

    /**
     * Data agents.
     */
    public static final Setting<Integer> AGENTS = Setting.count("agents", 1, 1, MOST_AGENTS,
        "Data agents, each with a thread and its share of the partitions.");

    /**
     * What an agent does when idle.
     */
    public static final Setting<Idling> IDLE = Setting.choice("idle", Idling.class, Idling.BACKOFF,
        "What threads of the node, and calls that wait for it, do when there is nothing to do. With backoff they let " +
            "others run, then park: up to 1 ms where nobody has asked for seconds, and 2 ms for ten of them, which " +
            "the next call waits for.");

    /**
     * Partitions of the grid.
     */
    public static final Setting<Integer> PARTITIONS = Setting.count("partitions", 256, 1,
        GridSettings.MAX_PARTITIONS, "Partitions that keys are spread over; fixed for the life of a grid.");

    /**
     * Memory of all stores.
     */
    public static final Setting<Long> MEMORY_LIMIT = Setting.size("memory.limit", 1L << 30, 4L << 20, 1L << 44,
        "Memory outside the Java heap that stored entries may take with their indexes. Data agents share it, each " +
        "sure of half of an equal part. Not counted, for each agent: the log's ring, of twice the longest request; " +
        "long requests that are being put together, at most 256m; answers kept for retries, at most 192k a partition.")
        .withDefault(() -> Math.max(4L << 20, Runtime.getRuntime().maxMemory()), "as much as the Java heap may take");

    /**
     * What happens at the limit.
     */
    public static final Setting<MemoryPolicy> MEMORY_POLICY = Setting.choice("memory.policy", MemoryPolicy.class,
        MemoryPolicy.REFUSE, "At the memory limit: refuse writes, or evict entries that seem least useful.");

    /**
     * Structures at one time.
     */
    public static final Setting<Integer> MAPS = Setting.count("maps", 32_768, 1, 65_000,
        "Maps that may exist at one time.");

    /**
     * The longest key.
     */
    public static final Setting<Integer> KEY_MAX = Setting.count("key.max", GridSettings.LONGEST_KEY, 1,
        GridSettings.LONGEST_KEY, "Bytes of the longest key.");

    /**
     * The longest value.
     */
    public static final Setting<Long> VALUE_MAX = Setting.size("value.max", GridSettings.LONGEST_VALUE, 8,
        GridSettings.LONGEST_VALUE, "Bytes of the longest value.");

    /**
     * The ring of requests to an agent.
     */
    public static final Setting<Long> REQUEST_RING = Setting.size("request.ring", 1L << 20, 1L << 16, 1L << 28,
        "Length of the ring in which requests of this process come to a data agent, a power of two. " +
        "Longer messages than an eighth go in pieces.");

    /**
     * The ring of replies to a caller.
     */
    public static final Setting<Long> REPLY_RING = Setting.size("reply.ring", 1L << 16, 1L << 13, 1L << 28,
        "Length of the ring in which a data agent answers one calling thread, a power of two.");

    /**
     * Calling threads.
     */
    public static final Setting<Integer> LANES = Setting.count("lanes", 1_024, 1, 1 << 16,
        "Calling threads that may have a lane to the node at one time.");

    /**
     * Unanswered requests of a lane.
     */
    public static final Setting<Integer> LANE_REQUESTS = Setting.count("lane.requests", 256, 1, 1 << 16,
        "Requests of one calling thread, here or at a client, that may be unanswered at one time.");

    /**
     * Longest wait of a call.
     */
    public static final Setting<Long> CALL_TIMEOUT = Setting.duration("call.timeout",
        TimeUnit.SECONDS.toNanos(10), TimeUnit.MILLISECONDS.toNanos(1), TimeUnit.HOURS.toNanos(1),
        "How long a blocking call waits for its answer.");

    /**
     * Longest wait of a close.
     */
    public static final Setting<Long> CLOSE_TIMEOUT = Setting.duration("close.timeout",
        TimeUnit.SECONDS.toNanos(5), 0, TimeUnit.HOURS.toNanos(1),
        "How long an orderly stop waits at most, each time: to let go of locks that are held in its process, until " +
            "copies are made elsewhere, and for requests that are on their way.");

    /**
     * Copies of each partition.
     */
    public static final Setting<Integer> REPLICAS = Setting.count("replicas", 2, 1, GridSettings.MAX_REPLICAS,
        "Copies of each partition, once there are as many nodes; of the node that founds the grid.");

    /**
     * Copies that a write needs.
     */
    public static final Setting<Integer> MIN_IN_SYNC = Setting.count("min.in.sync", 1, 1, GridSettings.MAX_REPLICAS,
        "Copies in sync that a partition needs to acknowledge a write; of the node that founds the grid.");

    /**
     * What the node fails with.
     */
    public static final Setting<String> ZONE = Setting.text("zone", "",
        text -> text.matches("[A-Za-z0-9._-]{0,64}"), "up to 64 of A-Z a-z 0-9 . _ -",
        "What the node shares its fate with, such as a rack: copies of one partition are kept in different zones.");

    /**
     * Share of the copies.
     */
    public static final Setting<Integer> WEIGHT = Setting.count("weight", 1, 1, 1_000,
        "Share of the partitions that the node takes, compared with other nodes.");

    /**
     * Time for copies.
     */
    public static final Setting<Integer> COPY_SHARE = Setting.count("copy.share", ReplicationSettings.COPY_PERCENT, 1,
        100,
        "Percent of a data agent's time that may go into taking copies of partitions, and as much into giving them; " +
        "eight times as much for partitions that have fewer copies than they are to have.");

    /**
     * Longest wait for the grid.
     */
    public static final Setting<Long> JOIN_TIMEOUT = Setting.duration("join.timeout",
        TimeUnit.SECONDS.toNanos(60), TimeUnit.MILLISECONDS.toNanos(100), TimeUnit.HOURS.toNanos(24),
        "How long a node that starts waits until the grid has taken it in.");

    /**
     * All of them, in the order of the reference page.
     */
    public static final SettingList ALL = SettingList.of(
        NAME, GRID, DIR, LIVE_DIR, BIND, SEEDS, REPLICAS, MIN_IN_SYNC, ZONE, WEIGHT, COPY_SHARE, JOIN_TIMEOUT,
        ABSENT_AFTER, THREADING, AGENTS, IDLE, PARTITIONS, MEMORY_LIMIT,
        MEMORY_POLICY, MAPS,
        KEY_MAX, VALUE_MAX, REQUEST_RING, REPLY_RING, LANES, LANE_REQUESTS, CLIENTS, CLIENTS_TERM, CLIENTS_WINDOW,
        CLIENTS_STREAMS, CLIENTS_BEAT, CLIENTS_SILENCE, CALL_TIMEOUT, CLOSE_TIMEOUT);

    private static final AtomicInteger NODES = new AtomicInteger();

    private NodeSettings()
    {
    }

    private static String nextName()
    {
        final int number = NODES.incrementAndGet();
        return "node-" + ProcessHandle.current().pid() + (number == 1 ? "" : "-" + number);
    }
}
