package io.peregrine.client.remote;

import io.peregrine.client.port.MessageHandler;
import io.peregrine.client.port.RequestLane;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.IdleStrategy;

/**
 * A lane to the agents of a remote node: {@link LaneCore} driven by the lane's thread, which also takes its turn in
 * moving the messages of all lanes while it waits.
 */
final class RemoteLane implements RequestLane, Inbox.Receiver
{
    /**
     * What the lane's thread does with the lane now.
     */
    private static final int NOTHING = 0;
    private static final int USING = 1;
    private static final int SENDING = 2;
    private static final int ANSWERS = 256;
    private static final VarHandle USE;

    static
    {
        try
        {
            USE = MethodHandles.lookup().findVarHandle(RemoteLane.class, "use", int.class);
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new ExceptionInInitializerError(ex);
        }
    }

    final int tag;
    private final RemotePort port;
    private final LaneCore core;
    private final Lines.Listener toCore;
    private final Inbox inbox;
    private final long firstId;
    private final int maxRequestLength;
    private final IdleStrategy idleStrategy;
    private MessageHandler handler;
    private int claimedPartition;
    private boolean claimed;
    private boolean closed;
    private Farewell farewell;
    private Thread caller;
    private int use;

    RemoteLane(
        final RemotePort port,
        final LaneSettings settings,
        final RemoteStructures structures,
        final Tables tables,
        final Inbox inbox,
        final int maxRequestLength,
        final IdleStrategy idleStrategy)
    {
        this.port = port;
        this.tag = settings.tag();
        this.inbox = inbox;
        this.maxRequestLength = maxRequestLength;
        this.idleStrategy = idleStrategy;
        core = new LaneCore(settings, structures, tables);
        toCore = core::onConnection;
        firstId = core.requests().nextId();
    }

    @Override
    public long firstCorrelationId()
    {
        return firstId;
    }

    @Override
    public int maxInFlight()
    {
        return core.requests().capacity();
    }

    @Override
    public int maxMessageLength()
    {
        return maxRequestLength;
    }

    @Override
    public int maxRequestLength()
    {
        return maxRequestLength;
    }

    @Override
    public int tryClaim(final int partition, final int length)
    {
        if (claimed)
        {
            abort();
        }
        if (closed || port.isClosed())
        {
            return CLOSED;
        }
        final int at = core.tryClaim(length);
        claimed = at >= 0;
        claimedPartition = partition;
        return at;
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return core.buffer();
    }

    @Override
    public void commit()
    {
        claimed = false;
        try
        {
            core.commit(claimedPartition, enter(SENDING));
        }
        finally
        {
            leave();
        }
    }

    @Override
    public void abort()
    {
        claimed = false;
        core.abort();
    }

    @Override
    public int abandon(final long correlationId)
    {
        return core.abandon(correlationId);
    }

    @Override
    public int poll(final MessageHandler to, final int limit)
    {
        handler = to;
        caller = Thread.currentThread();
        try
        {
            final int work = enter(USING) ? work(to, limit) : 0;
            if (work > 0)
            {
                // Whoever got what it waited for does not idle, and must not begin its next wait with the longest rest.
                idleStrategy.reset();
            }
            return work;
        }
        finally
        {
            caller = null;
            leave();
        }
    }

    @Override
    public void onAnswer(final int agent, final DirectBuffer buffer, final int offset, final int length)
    {
        core.receiving().onMessage(agent, buffer, offset, length, handler);
    }

    @Override
    public void idle(final int workCount)
    {
        idleStrategy.idle(workCount);
    }

    @Override
    public void close()
    {
        if (!closed)
        {
            if (claimed)
            {
                abort();
            }
            closed = true;
            port.onLaneClosed(this);
        }
    }

    /**
     * Put an answer into the inbox. Whoever moves messages.
     */
    boolean deliver(final int agent, final DirectBuffer buffer, final int offset, final int length)
    {
        return inbox.put(agent, buffer, offset, length);
    }

    /**
     * Is there room for some more answers? Whoever moves messages.
     */
    boolean hasRoom()
    {
        return inbox.hasRoom();
    }

    /**
     * The lane or its port is closed: end its sessions. Whoever moves messages.
     *
     * @return whether nothing is left to do.
     */
    boolean end(final long nowNs)
    {
        if (farewell == null)
        {
            farewell = core.farewell(nowNs + port.closeNs());
        }
        port.tellConnections(farewell::onConnection);
        inbox.take(farewell, ANSWERS);
        return farewell.work(nowNs);
    }

    /**
     * Is its thread in the middle of sending?
     */
    boolean isSending()
    {
        return (int) USE.getAcquire(this) == SENDING;
    }

    /**
     * Is the calling thread in the middle of polling it, as in a callback? Any thread.
     */
    boolean isPolledByCaller()
    {
        return caller == Thread.currentThread();
    }

    /**
     * Is its thread in the middle of anything?
     */
    boolean isInUse()
    {
        return (int) USE.getAcquire(this) != NOTHING;
    }

    /**
     * Answers are handed over after the turn was given back: what the caller does with them may take long, and may call
     * the grid.
     */
    private int work(final MessageHandler to, final int limit)
    {
        int work = inbox.take(this, limit);
        if (work == 0 && port.takeTurn(this, limit) > 0)
        {
            work = 1 + inbox.take(this, limit);
        }
        if (inbox.takeDropped())
        {
            core.onAnswersLost();
        }
        return work + core.handOwn(to) + send();
    }

    private int send()
    {
        if (core.isEmpty() || !enter(SENDING))
        {
            return 0;
        }
        port.tellConnections(toCore);
        return core.work(System.nanoTime());
    }

    /**
     * The write is seen before the barrier is looked at, so that whoever raised the barrier sees the one or this thread
     * sees the other.
     *
     * @return false when nothing may be sent now.
     */
    private boolean enter(final int newUse)
    {
        USE.setRelease(this, newUse);
        VarHandle.fullFence();
        return !port.isBarred();
    }

    private void leave()
    {
        USE.setRelease(this, NOTHING);
    }
}
