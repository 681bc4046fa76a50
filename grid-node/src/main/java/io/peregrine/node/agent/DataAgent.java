package io.peregrine.node.agent;

import io.peregrine.node.gateway.Gateway;
import io.peregrine.node.peer.Peers;
import io.peregrine.node.partition.AgentMemory;
import io.peregrine.node.partition.AgentPartitions;
import io.peregrine.node.partition.CopyState;
import io.peregrine.node.partition.Tally;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The thread that does the work of a node: one duty cycle drives the network, the decisions of the control plane, the
 * requests of callers in this process, what is due, and what waits to be sent. Nothing in it waits.
 */
final class DataAgent implements Agent
{
    private static final long CLOCK_STEP_NS = TimeUnit.MICROSECONDS.toNanos(250);
    private static final long UPKEEP_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SWEEP_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final NodeParts node;
    private final AgentHandle handle;
    private final AgentPartitions partitions;
    private final AgentMemory memory;
    private final Peers peers;
    private final StructureDesk structures;
    private final OrderDesk orders;
    private final Dispatch dispatch;
    private final LaneEnds ends;
    private final Intake intake;
    private final AgentCounters counters;
    private final NodeHooks hooks;
    private final Gateway gateway;
    private final CopySurvey survey;
    private final int index;
    private long sweptNs;
    private long lastNs;
    /**
     * Still true at the beginning of a cycle when an exception ended the one before: only then can a partition be
     * broken unnoticed.
     */
    private boolean inCycle;
    private boolean isUpkeepBusy = true;
    private long upkeptNs;
    private boolean wasBusy;
    private boolean stopped;
    private long asked;
    private long copied;

    DataAgent(
        final NodeParts node,
        final int index,
        final AgentPartitions partitions,
        final AgentMemory memory,
        final Peers peers,
        final StatusDesk status,
        final AgentCounters counters,
        final NodeHooks hooks,
        final int maxRequestLength)
    {
        this.node = node;
        this.index = index;
        this.handle = node.agents()[index];
        this.partitions = partitions;
        this.memory = memory;
        this.peers = peers;
        this.counters = counters;
        this.hooks = hooks;
        this.structures = new StructureDesk(node.gate().control(), node.agents(), partitions.replies());
        this.ends = new LaneEnds(node.lanes(), handle.requests(), counters, index, maxRequestLength);
        this.orders = new OrderDesk(node.gate().control(), partitions.replies());
        this.dispatch = new Dispatch(
            node, partitions, peers, structures, status,
            new PartitionsDesk(partitions, node.gate().control(), index), orders);
        this.intake = new Intake(handle, dispatch, ends, counters);
        this.gateway = hooks.gateway(index, dispatch);
        this.survey = new CopySurvey(partitions);
        partitions.sessionOwners(gateway.owners());
        if (peers != null)
        {
            peers.inlet(dispatch);
        }
    }

    @Override
    public void onStart()
    {
        final long nowNs = node.clock().nanoTime();
        lastNs = nowNs;
        sweptNs = nowNs;
        handle.clock().update(nowNs);
        dispatch.pollControl(nowNs);
        counters.show(partitions, memory);
    }

    @Override
    public int doWork()
    {
        final boolean isSuspect = inCycle;
        inCycle = true;
        final long nowNs = clock();
        int work = gateway.work(nowNs);
        work += dispatch.pollControl(nowNs);
        work += intake.poll(nowNs);
        if (peers != null)
        {
            work += replicate(nowNs);
        }
        work += upkeep(nowNs);
        work += dropped();
        work += ends.sendDelayed();
        work += memory.prepare();
        work += survey.work();
        if (nowNs - sweptNs >= SWEEP_NS)
        {
            sweep(nowNs);
        }
        if (dispatch.fatal() != null || isSuspect && partitions.isBroken())
        {
            fail();
        }

        inCycle = false;
        wasBusy = work > 0;
        return work;
    }

    /**
     * For how it idles. Its own thread.
     *
     * @return whether since the last time a client, a caller or another node wanted something of it.
     */
    boolean wasAsked()
    {
        final Tally tally = partitions.tally();
        final long now = tally.requests() + tally.appended();
        final boolean isMore = now != asked;
        asked = now;
        return isMore;
    }

    /**
     * For how it idles. Its own thread.
     *
     * @return whether since the last time copies of partitions came here or were asked for.
     */
    boolean isCopying()
    {
        final long now = partitions.tally().copyMessages();
        final boolean isMore = now != copied;
        copied = now;
        return isMore;
    }

    @Override
    public void onClose()
    {
        if (!stopped)
        {
            stopped = true;
            if (node.gate().isOpen())
            {
                // Nobody stops the node: the thread ends by an error, or was interrupted.
                node.gate().close();
                hooks.onFailure(dispatch.fatal());
            }
            if (peers != null)
            {
                peers.close();
            }
            gateway.close();
            survey.close();
            counters.show(partitions, memory);
            partitions.close();
        }
    }

    @Override
    public String roleName()
    {
        return "data-agent-" + index;
    }

    /**
     * Others' messages and what is to be sent to them, which leaves at once.
     */
    private int replicate(final long nowNs)
    {
        dispatch.nowNs(nowNs);
        final int work = peers.work(nowNs) + partitions.onReplication(nowNs);
        peers.flush();
        return work;
    }

    /**
     * Looking at partitions that may have something due costs a cache line or more each, which a request would wait
     * for: a while passes between two rounds over all partitions.
     */
    private int upkeep(final long nowNs)
    {
        if (!isUpkeepBusy && nowNs - upkeptNs < UPKEEP_NS)
        {
            return 0;
        }

        upkeptNs = nowNs;
        final int work = partitions.onUpkeep(nowNs);
        isUpkeepBusy = work > 0 || partitions.isUpkeepUnderWay();
        return work;
    }

    /**
     * @return whether all that came is carried out and answered.
     */
    boolean isDrained()
    {
        return handle.requests().size() == 0 && !ends.hasDelayed() && gateway.isDrained();
    }

    /**
     * @return what the copies here hold, at its time. Any thread.
     */
    CompletableFuture<List<CopyState>> copies()
    {
        return survey.ask();
    }

    /**
     * One reading a cycle. A cycle without work is followed by idling, which is not counted as its time. What it shows
     * to readers moves in steps, so that their cores keep the line.
     */
    private long clock()
    {
        final long nowNs = node.clock().nanoTime();
        counters.cycles++;
        if (wasBusy)
        {
            counters.maxCycleNs = Math.max(counters.maxCycleNs, nowNs - lastNs);
        }
        lastNs = nowNs;
        if (nowNs - handle.clock().nanoTime() >= CLOCK_STEP_NS)
        {
            handle.clock().update(nowNs);
        }

        return nowNs;
    }

    private int dropped()
    {
        final long done = partitions.controlVersionDone();
        if (done >= 0 && done != handle.controlVersionDone())
        {
            handle.controlVersionDone(done);
        }

        return structures.work() + orders.work();
    }

    private void sweep(final long nowNs)
    {
        sweptNs = nowNs;
        node.lanes().closeAbandoned();
        ends.sweep(nowNs);
        gateway.sweep(nowNs);
        survey.begin(node.gate().view().assignments().size());
        memory.trim();
        counters.show(partitions, memory);
        final long epochMs = node.epochClock().time();
        counters.active(epochMs);
        hooks.onSweep(index, epochMs);
    }

    /**
     * State that can be trusted no longer is not served: the node stops, and every call fails with a typed error.
     */
    private void fail()
    {
        final Throwable cause = dispatch.fatal();
        node.gate().close();
        hooks.onFailure(cause);
        throw new AgentTerminationException(cause);
    }
}
