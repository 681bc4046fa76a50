package io.peregrine.node.agent;

import io.peregrine.client.codec.Reason;
import io.peregrine.node.partition.AgentMemory;
import io.peregrine.node.partition.AgentPartitions;
import io.peregrine.node.partition.Tally;
import io.peregrine.transport.monitor.CounterType;
import io.peregrine.transport.monitor.NodeFile;
import org.agrona.concurrent.status.AtomicCounter;

import java.util.Locale;

/**
 * What one data agent shows in the node's mapped file. The agent counts in plain fields and shows them now and then, so
 * that counting costs nothing on the way of a request.
 */
final class AgentCounters
{
    private static final Reason[] REASONS = Reason.values();

    long cycles;
    long assembling;
    long maxCycleNs;
    long repliesDelayed;
    long repliesDropped;

    private final AtomicCounter cyclesShown;
    private final AtomicCounter maxCycleShown;
    private final AtomicCounter requests;
    private final AtomicCounter refused;
    private final AtomicCounter failed;
    private final AtomicCounter storeFull;
    private final AtomicCounter delayed;
    private final AtomicCounter dropped;
    private final AtomicCounter reads;
    private final AtomicCounter appended;
    private final AtomicCounter applied;
    private final AtomicCounter logBytes;
    private final AtomicCounter expired;
    private final AtomicCounter evicted;
    private final AtomicCounter memoryLimit;
    private final AtomicCounter memoryUsed;
    private final AtomicCounter records;
    private final AtomicCounter sessions;
    private final AtomicCounter replyCache;
    private final AtomicCounter assembly;
    private final AtomicCounter replicaReads;
    private final AtomicCounter badPeers;
    private final AtomicCounter activity;
    private final AtomicCounter[] ofReason = new AtomicCounter[Tally.REASONS];
    private final NodeFile file;
    private final int agent;

    AgentCounters(final NodeFile file, final int agent)
    {
        this.file = file;
        this.agent = agent;
        cyclesShown = file.newCounter(CounterType.DUTY_CYCLES, agent);
        maxCycleShown = file.newCounter(CounterType.DUTY_CYCLE_MAX, agent);
        requests = file.newCounter(CounterType.REQUESTS, agent);
        refused = file.newCounter(CounterType.REQUESTS_REFUSED, agent);
        failed = file.newCounter(CounterType.REQUESTS_FAILED, agent);
        storeFull = file.newCounter(CounterType.STORE_FULL, agent);
        delayed = file.newCounter(CounterType.REPLY_DELAYED, agent);
        dropped = file.newCounter(CounterType.REPLY_DROPPED, agent);
        reads = file.newCounter(CounterType.READS_ASKED, agent);
        appended = file.newCounter(CounterType.ENTRIES_APPENDED, agent);
        applied = file.newCounter(CounterType.ENTRIES_APPLIED, agent);
        logBytes = file.newCounter(CounterType.LOG_BYTES, agent);
        expired = file.newCounter(CounterType.EXPIRED, agent);
        evicted = file.newCounter(CounterType.EVICTED, agent);
        memoryLimit = file.newCounter(CounterType.MEMORY_LIMIT, agent);
        memoryUsed = file.newCounter(CounterType.MEMORY_USED, agent);
        records = file.newCounter(CounterType.RECORDS, agent);
        sessions = file.newCounter(CounterType.SESSIONS, agent);
        replyCache = file.newCounter(CounterType.REPLY_CACHE_BYTES, agent);
        assembly = file.newCounter(CounterType.ASSEMBLY_BYTES, agent);
        replicaReads = file.newCounter(CounterType.REPLICA_READS, agent);
        badPeers = file.newCounter(CounterType.PEERS_BAD, agent);
        activity = file.newCounter(CounterType.AGENT_ACTIVITY, agent);
    }

    void show(final AgentPartitions partitions, final AgentMemory memory)
    {
        final Tally tally = partitions.tally();
        cyclesShown.setRelease(cycles);
        maxCycleShown.setRelease(maxCycleNs);
        requests.setRelease(tally.requests());
        refused.setRelease(tally.refused());
        failed.setRelease(tally.failed());
        storeFull.setRelease(tally.storeFull());
        delayed.setRelease(repliesDelayed);
        dropped.setRelease(repliesDropped);
        reads.setRelease(tally.reads());
        appended.setRelease(tally.appended());
        applied.setRelease(tally.applied());
        logBytes.setRelease(memory.logBytes());
        expired.setRelease(tally.expired());
        evicted.setRelease(tally.evicted());
        memoryLimit.setRelease(memory.budget().limit());
        memoryUsed.setRelease(memory.budget().reserved());
        records.setRelease(partitions.records());
        sessions.setRelease(partitions.sessions());
        replyCache.setRelease(partitions.replyCacheBytes());
        assembly.setRelease(assembling);
        replicaReads.setRelease(tally.replicaReads());
        badPeers.setRelease(tally.badPeerMessages());
        showReasons(tally);
    }

    void active(final long epochMs)
    {
        activity.setRelease(epochMs);
    }

    /**
     * A counter is made when its code is first met, as most never are.
     */
    private void showReasons(final Tally tally)
    {
        for (final Reason reason : REASONS)
        {
            final int code = reason.value();
            final long count = tally.ofReason(code);
            if (count != 0 && ofReason[code] == null)
            {
                ofReason[code] = file.newCounter(
                    CounterType.ANSWERS_OF_CODE, reason.name().toLowerCase(Locale.ROOT), agent);
            }
            if (count != 0)
            {
                ofReason[code].setRelease(count);
            }
        }
    }
}
