package io.peregrine.client;

import io.peregrine.client.config.Setting;
import io.peregrine.client.config.SettingList;
import io.peregrine.transport.monitor.LiveDirectory;
import io.peregrine.transport.process.UdpPort;
import java.util.concurrent.TimeUnit;

/**
 * Every setting of a client: name, default, range and meaning stand here and nowhere else.
 */
public final class ClientSettings
{
    /**
     * What an address begins with that names a node of this machine.
     */
    static final String IPC = "ipc:";

    /**
     * Where the nodes are.
     */
    public static final Setting<String> CONNECT = Setting.text("client.connect", "127.0.0.1:" + UdpPort.DEFAULT,
        ClientSettings::areAddresses,
        "HOST:PORT or ipc:NODE_NAME, or several with commas between",
        "Addresses of nodes, all asked at once, again when that node is lost; the first answer is taken. ipc: for a " +
        "node of this machine.");

    /**
     * The grid that is meant.
     */
    public static final Setting<String> GRID = Setting.text("client.grid", "",
        text -> text.matches("[A-Za-z0-9._-]{0,64}"), "1 to 64 of A-Z a-z 0-9 . _ -, or empty for any",
        "Name of the grid; nodes of another one are refused.");

    /**
     * What the client calls itself.
     */
    public static final Setting<String> NAME = Setting.text("client.name", "client",
        text -> text.matches("[A-Za-z0-9._-]{1,64}"), "1 to 64 of A-Z a-z 0-9 . _ -",
        "Name of the client, for operators.")
        .withDefault(() -> "client-" + ProcessHandle.current().pid(), "client-<pid>");

    /**
     * Where nodes of this machine show themselves.
     */
    public static final Setting<String> LIVE_DIR = Setting.text("client.live.dir", "", text -> true,
        "the path of a directory",
        "Directory in which nodes of this machine are found by ipc:, and in which the client has its media driver.")
        .withDefault(
            () -> LiveDirectory.defaultPath().toString(), "peregrine-<user> in /dev/shm or among temporary files");

    /**
     * Longest wait for the first connection.
     */
    public static final Setting<Long> CONNECT_TIMEOUT = Setting.duration("client.connect.timeout",
        TimeUnit.SECONDS.toNanos(10), TimeUnit.MILLISECONDS.toNanos(1), TimeUnit.HOURS.toNanos(1),
        "How long connecting waits for a node to answer.");

    /**
     * Longest wait of a call.
     */
    public static final Setting<Long> CALL_TIMEOUT = Setting.duration("client.call.timeout",
        TimeUnit.SECONDS.toNanos(10), TimeUnit.MILLISECONDS.toNanos(1), TimeUnit.HOURS.toNanos(1),
        "How long a call waits for its answer, a lost connection included.");

    /**
     * Longest wait of a close.
     */
    public static final Setting<Long> CLOSE_TIMEOUT = Setting.duration("client.close.timeout",
        TimeUnit.SECONDS.toNanos(1), 0, TimeUnit.HOURS.toNanos(1),
        "How long closing waits until the grid has let go of what the client held, and as long again until it has " +
            "forgotten what the client waited for; both end by themselves otherwise.");

    /**
     * The first pause between attempts.
     */
    public static final Setting<Long> RETRY_MIN = Setting.duration("client.retry.min",
        TimeUnit.MILLISECONDS.toNanos(50), TimeUnit.MILLISECONDS.toNanos(1), TimeUnit.HOURS.toNanos(1),
        "The first pause between attempts to connect; each is longer than the one before, and varies by chance.");

    /**
     * The longest pause between attempts.
     */
    public static final Setting<Long> RETRY_MAX = Setting.duration("client.retry.max",
        TimeUnit.MILLISECONDS.toNanos(800), TimeUnit.MILLISECONDS.toNanos(1), TimeUnit.HOURS.toNanos(1),
        "The longest pause between attempts to connect.");

    /**
     * How long sessions outlive the connection.
     */
    public static final Setting<Long> SESSION_TIMEOUT = Setting.duration("client.session.timeout",
        TimeUnit.SECONDS.toNanos(60), TimeUnit.SECONDS.toNanos(1), TimeUnit.HOURS.toNanos(1),
        "How long the node remembers this client's writes after the connection is lost, so that a repeated one is " +
        "not carried out twice; no longer than the node allows.");

    /**
     * Who moves messages.
     */
    public static final Setting<Driving> DRIVING = Setting.choice("client.driving", Driving.class, Driving.CALLER,
        "Who moves messages: caller (the threads that wait, in turns), agent (a thread of the client).");

    /**
     * What waiting threads do.
     */
    public static final Setting<Idling> IDLE = Setting.choice("client.idle", Idling.class, Idling.BACKOFF,
        "What a thread does that waits for an answer, or the client's own.");

    /**
     * Longest datagram.
     */
    public static final Setting<Integer> MTU = Setting.count("client.mtu", 0, 0, 65_504,
        "Bytes of the longest datagram that the client sends and is sent, a multiple of 32, 1408 at least; " +
        "0: 8192 where the node's address is one of this machine, else 1408.");

    /**
     * Calling threads.
     */
    public static final Setting<Integer> LANES = Setting.count("client.lanes", 256, 1, 4_096,
        "Calling threads and flyweight maps that may use the client at one time; no more than the node allows.");

    /**
     * Unanswered requests of a lane.
     */
    public static final Setting<Integer> LANE_REQUESTS = Setting.count("client.lane.requests", 256, 1, 1_024,
        "Requests of one calling thread that may be unanswered at one time; no more than the node allows.");

    /**
     * Bytes of unanswered requests of a lane.
     */
    public static final Setting<Long> LANE_MEMORY = Setting.size("client.lane.memory",
        256L << 10, 16L << 10, 1L << 30,
        "Bytes of one calling thread's unanswered requests, which are kept to be sent again; a power of two. A " +
        "single longer one may go alone.");

    /**
     * The ring of replies to a caller.
     */
    public static final Setting<Long> REPLY_RING = Setting.size("client.reply.ring", 128L << 10, 128L << 10, 1L << 28,
        "Length of the ring in which answers wait for the calling thread that asked, a power of two.");

    /**
     * All of them, in the order of the reference page.
     */
    public static final SettingList ALL = SettingList.ofClient(
        CONNECT, GRID, NAME, LIVE_DIR, CONNECT_TIMEOUT, CALL_TIMEOUT, CLOSE_TIMEOUT, RETRY_MIN, RETRY_MAX,
        SESSION_TIMEOUT, DRIVING, IDLE, MTU, LANES, LANE_REQUESTS, LANE_MEMORY, REPLY_RING);

    private ClientSettings()
    {
    }

    private static boolean areAddresses(final String text)
    {
        for (final String address : text.split(",", -1))
        {
            final boolean byName = address.startsWith(IPC) &&
                address.substring(IPC.length()).matches("[A-Za-z0-9._-]{1,64}");
            if (!byName && !UdpPort.isEndpoint(address))
            {
                return false;
            }
        }
        return true;
    }
}
