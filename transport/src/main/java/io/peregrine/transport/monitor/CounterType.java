package io.peregrine.transport.monitor;

/**
 * The registry of counters: each has its type id, its name and its meaning here and nowhere else. An id is never given
 * to another counter, as tools of another version may read the file.
 */
public enum CounterType
{
    DUTY_CYCLES(1, "agent.cycles", "times round the duty cycle"),
    DUTY_CYCLE_MAX(2, "agent.cycle.max.ns", "longest time round the duty cycle so far, ns"),
    REQUESTS(3, "requests", "requests taken out of the ring"),
    REQUESTS_REFUSED(4, "requests.refused", "requests answered with a refusal"),
    REQUESTS_FAILED(5, "requests.failed", "requests answered with a failure"),
    RING_FULL(6, "ring.full", "offers that found the ring full"),
    REPLY_DELAYED(7, "reply.delayed", "replies kept because the caller's ring was full"),
    REPLY_DROPPED(8, "reply.dropped", "replies dropped because the caller was gone"),
    READS_ASKED(9, "reads.asked", "reads that went through the agent"),
    ENTRIES_APPENDED(10, "log.appended", "entries appended to the logs"),
    ENTRIES_APPLIED(11, "log.applied", "entries committed and applied"),
    LOG_BYTES(12, "log.bytes", "bytes held by the logs"),
    EXPIRED(13, "expired", "records expired"),
    EVICTED(14, "evicted", "records evicted to make room"),
    STORE_FULL(15, "store.full", "writes refused because the store was full"),
    MEMORY_LIMIT(16, "memory.limit.bytes", "bytes the maps of all agents together may use"),
    MEMORY_USED(17, "memory.used.bytes", "bytes the maps use: records, index, everything"),
    RECORDS(18, "records", "records in all maps"),
    STRUCTURES(19, "maps", "maps that exist"),
    SESSIONS(20, "sessions", "sessions that are open"),
    REPLY_CACHE_BYTES(21, "reply.cache.bytes", "bytes held by reply caches"),
    LANES(22, "lanes", "lanes of callers that are open"),
    ERRORS(23, "errors", "errors, repeated ones too (grid errors shows them)"),
    ERRORS_UNLOGGED(24, "errors.unlogged", "errors that did not fit into the error log"),

    /** Frames that came in and that nobody here takes. */
    FRAMES_DROPPED(25, "frames.dropped", "frames that came in and were not taken"),

    /** One for each agent and each code that a request was answered with, from its first time on. */
    ANSWERS_OF_CODE(26, "answered", "requests refused, failed or unknown, by their code"),

    /** The node's own activity is that of its slowest agent; this tells which one it is. */
    AGENT_ACTIVITY(27, "agent.activity.ms", "wall time at which the agent was last seen at work, ms"),

    /** Requests that come in pieces. */
    ASSEMBLY_BYTES(28, "assembly.bytes", "bytes of long requests that are being put together"),

    CLIENTS(30, "clients", "clients that are connected"),
    CLIENTS_OPENED(31, "clients.opened", "connections of clients made so far"),
    CLIENTS_REJECTED(32, "clients.rejected", "streams turned away unread: beyond a limit, or of an earlier start"),
    DENIED_VERSION(33, "denied.version", "clients of a version that is not spoken here"),
    DENIED_GRID(34, "denied.grid", "clients that meant another grid"),
    DENIED_TOO_MANY(35, "denied.too.many", "clients beyond the limit"),
    DENIED_NOT_READY(36, "denied.not.ready", "clients that came while the node started or stopped"),
    DENIED_MALFORMED(37, "denied.malformed", "clients cut off because what they sent made no sense"),
    DENIED_TOO_SLOW(38, "denied.too.slow", "clients cut off because they did not take their answers"),
    DENIED_SILENT(39, "denied.silent", "clients given up because nothing was heard of them"),
    MESSAGES_BAD(40, "messages.bad", "messages of clients that made no sense"),
    REMOTE_REQUESTS(41, "remote.requests", "requests of clients"),
    REMOTE_REFUSED(42, "remote.refused", "requests of clients refused before anybody looked at them"),
    ANSWERS_WAITING(43, "answers.waiting.bytes", "bytes of answers that clients have not taken"),
    ANSWERS_DELAYED(44, "answers.delayed", "answers that had to wait for their client"),
    ANSWERS_DROPPED(45, "answers.dropped", "answers dropped because their client was gone"),
    PIECES_DROPPED(46, "pieces.dropped", "pieces of long requests dropped: out of order or too late"),
    SESSIONS_FOREIGN(47, "sessions.foreign", "requests of clients in sessions of others"),

    PEERS_RECEIVED(50, "peers.received", "messages of other nodes"),
    PEERS_SENT(51, "peers.sent", "messages to other nodes"),
    PEERS_DELAYED(52, "peers.delayed", "messages to other nodes that found no room and were sent later"),
    PEERS_LOST(53, "peers.lost", "long messages of other nodes lost half-way, with their stream"),
    PEERS_PIECES_DROPPED(54, "peers.pieces.dropped", "pieces of messages of other nodes that made no sense"),
    PEERS_REJECTED(55, "peers.rejected", "streams of other nodes turned away, as there were too many"),
    PEERS_FAILED(56, "peers.failed", "streams to other nodes that could not be opened, each try"),
    PEERS_ASSEMBLY_BYTES(57, "peers.assembly.bytes", "bytes of long messages of other nodes being put together"),
    PEERS_BAD(58, "peers.bad", "messages of other nodes that made no sense"),
    REPLICA_READS(59, "reads.replica", "reads answered by a copy that is not the primary's");

    private final int id;
    private final String label;
    private final String meaning;

    CounterType(final int id, final String label, final String meaning)
    {
        this.id = id;
        this.label = label;
        this.meaning = meaning;
    }

    /**
     * @return id in the counters' metadata.
     */
    public int id()
    {
        return id;
    }

    /**
     * @return name as it is shown.
     */
    public String label()
    {
        return label;
    }

    /**
     * @return what is counted, and its unit.
     */
    public String meaning()
    {
        return meaning;
    }

    /**
     * @param id in the counters' metadata.
     * @return the type, or null when this version does not know it.
     */
    public static CounterType of(final int id)
    {
        for (final CounterType type : values())
        {
            if (type.id == id)
            {
                return type;
            }
        }
        return null;
    }
}
