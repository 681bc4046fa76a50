package io.peregrine.client;

import io.peregrine.client.codec.LockKind;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.StructureAction;
import io.peregrine.client.codec.StructureReplyDecoder;
import io.peregrine.client.port.RequestPort;
import io.peregrine.client.port.ReservedNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.EpochClock;

/**
 * The grid over a port. Each thread that calls has a {@link Caller} of its own. Any thread.
 */
final class PortGrid implements Grid
{
    private static final ExpandableArrayBuffer NO_NAME = new ExpandableArrayBuffer(8);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ThreadLocal<Caller> callers = new ThreadLocal<>();
    private final RequestPort port;
    private final LaneRegistry lanes;
    private final GridOperations operations = new PortOperations(this);
    private final OwnValues own = new OwnValues(this);
    private final LeaseKeeper leases = new LeaseKeeper();
    private final long timeoutNs;
    private final long closeNs;
    private AsyncLane asyncLane;
    private volatile boolean closed;

    PortGrid(final RequestPort port, final long timeoutNs, final long closeNs)
    {
        this.port = Objects.requireNonNull(port, "port");
        this.timeoutNs = timeoutNs;
        this.closeNs = closeNs;
        lanes = new LaneRegistry(port);
    }

    long timeoutNs()
    {
        return timeoutNs;
    }

    /**
     * The calling thread's own.
     */
    Caller caller()
    {
        Caller caller = callers.get();
        if (closed)
        {
            if (caller != null)
            {
                caller.closeLane();
                callers.remove();
            }
            throw Errors.closed();
        }
        if (caller == null)
        {
            caller = new Caller(port, lanes);
            callers.set(caller);
        }
        return caller.within(timeoutNs);
    }

    void checkOpen()
    {
        if (closed)
        {
            throw Errors.closed();
        }
    }

    Exchange openExchange(final Object owner)
    {
        checkOpen();
        return new Exchange(port, lanes.open(owner), timeoutNs);
    }

    void closeExchange(final Exchange exchange)
    {
        lanes.close(exchange.lane());
    }

    @Override
    public <K, V> GridMap<K, V> map(
        final String name, final Codec<K> keyCodec, final Codec<V> valueCodec, final MapOptions options)
    {
        Objects.requireNonNull(valueCodec, "value codec");
        Names.checkFree(name);
        return new TypedMap<>(new MapCalls<>(this, open(name, keyCodec.routing(), options), keyCodec, valueCodec));
    }

    /**
     * A map of a reserved name.
     */
    <K, V> GridMap<K, V> own(final String name, final Codec<K> keyCodec, final Codec<V> valueCodec)
    {
        final MapTarget target = open(name, keyCodec.routing(), MapOptions.DEFAULT);
        return new TypedMap<>(new MapCalls<>(this, target, keyCodec, valueCodec));
    }

    @Override
    public FlyweightMap flyweightMap(final String name, final Routing routing, final MapOptions options)
    {
        return new FlyweightMap(this, open(Names.checkFree(name), routing, options));
    }

    @Override
    public Batch batch()
    {
        return new Batch(this);
    }

    @Override
    public GridSemaphore semaphore(final String name, final int permits)
    {
        return new PortSemaphore(counted(LockKind.SEMAPHORE, permits, name));
    }

    @Override
    public GridLatch latch(final String name, final int count)
    {
        return new PortLatch(counted(LockKind.LATCH, count, name));
    }

    private LockCalls counted(final LockKind kind, final int total, final String name)
    {
        if (total < 1)
        {
            throw Errors.failed(ErrorCode.ARGUMENT_INVALID, total + " is no number for the " +
                kind.name().toLowerCase(Locale.ROOT) + " '" + Names.shown(name) + "': it takes 1 or more");
        }
        return new LockCalls(this, new LockName(kind, total, Names.checkFree(name), port.partitions()));
    }

    @Override
    public GridLock lock(final String name)
    {
        return lockOf(Names.checkFree(name));
    }

    /**
     * A lock of a reserved name.
     *
     * @param rest of the name.
     */
    GridLock ownLock(final String rest)
    {
        return lockOf(ReservedNames.PREFIX + rest);
    }

    private GridLock lockOf(final String name)
    {
        return new PortLock(new LockCalls(this, new LockName(name, port.partitions())));
    }

    @Override
    public GridCounter counter(final String name)
    {
        return own.counter(name);
    }

    @Override
    public GridSequence sequence(final String name, final int block)
    {
        return own.sequence(name, block);
    }

    @Override
    public GridIds ids(final String name)
    {
        return own.ids(name);
    }

    @Override
    public GridIds ids(final String name, final EpochClock clock)
    {
        return own.ids(name, clock);
    }

    @Override
    public GridElection election(final String name, final Duration lease)
    {
        return own.election(name, lease);
    }

    LeaseKeeper leases()
    {
        return leases;
    }

    boolean isConnected()
    {
        return port.isConnected();
    }

    @Override
    public List<String> mapNames()
    {
        final Caller caller = caller();
        caller.enter();
        try
        {
            final BlockingCalls calls = caller.calls();
            calls.structure(StructureAction.LIST, 0, MapOptions.DEFAULT, NO_NAME, 0);
            final List<String> names = new ArrayList<>();
            for (final StructureReplyDecoder.StructuresDecoder structure : reply(calls).structures())
            {
                final byte[] name = new byte[structure.nameLength()];
                structure.getName(name, 0, name.length);
                names.add(new String(name, StandardCharsets.UTF_8));
            }
            names.removeIf(ReservedNames::isReserved);
            return names;
        }
        finally
        {
            caller.exit();
        }
    }

    @Override
    public NodeStatus nodeStatus()
    {
        return operations.node(GridOperations.HERE);
    }

    @Override
    public GridOperations operations()
    {
        return operations;
    }

    void destroy(final MapTarget map)
    {
        final Caller caller = caller();
        caller.enter();
        try
        {
            caller.calls().structure(StructureAction.DESTROY, map.structureId, MapOptions.DEFAULT, NO_NAME, 0);
        }
        finally
        {
            caller.exit();
        }
    }

    <K, V> AsyncGridMap<K, V> async(final MapCalls<K, V> calls)
    {
        return new AsyncMap<>(calls, asyncLane());
    }

    /**
     * Of what depends on asynchronous stages.
     */
    Executor asyncExecutor()
    {
        return asyncLane();
    }

    AsyncLocks asyncLocks()
    {
        return asyncLane().locks();
    }

    private synchronized AsyncLane asyncLane()
    {
        checkOpen();
        if (asyncLane == null)
        {
            asyncLane = new AsyncLane(this, port);
        }
        return asyncLane;
    }

    @Override
    public boolean isClosed()
    {
        return closed || port.isClosed();
    }

    @Override
    public void close()
    {
        if (!closed)
        {
            letGo();
        }
        closed = true;
        leases.close();
        final Caller caller = callers.get();
        if (caller != null)
        {
            caller.closeLane();
            callers.remove();
        }
        final AsyncLane lane = laneIfAny();
        if (lane != null)
        {
            lane.close();
        }
    }

    /**
     * Nobody waits in line any more, and what is held is let go of, as far as the grid hears that in the time that
     * closing has; nothing is given from now on. Also by a thread that is interrupted.
     */
    void letGo()
    {
        if (isClosed() || !port.isConnected())
        {
            return;
        }
        final boolean isInterrupted = Thread.interrupted();
        try
        {
            final long startNs = System.nanoTime();
            leases.end();
            final AsyncLane lane = laneIfAny();
            if (lane != null)
            {
                lane.withdraw(closeNs, this::rest);
            }
            leases.letGo(closeNs - (System.nanoTime() - startNs));
        }
        finally
        {
            if (isInterrupted)
            {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized AsyncLane laneIfAny()
    {
        return asyncLane;
    }

    /**
     * As a call rests that waits for its answer: where this thread drives the node, it does.
     */
    private void rest()
    {
        try
        {
            caller().within(timeoutNs).calls().exchange().lane().idle(0);
        }
        catch (final GridException ex)
        {
            // There is no lane for this thread.
            LockSupport.parkNanos(this, PAUSE_NS);
        }
    }

    private MapTarget open(final String name, final Routing routing, final MapOptions options)
    {
        Objects.requireNonNull(routing, "routing");
        Objects.requireNonNull(options, "options");
        final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer();
        final int length = Utf8.encode(name, bytes, 0);
        final Caller caller = caller();
        caller.enter();
        try
        {
            final BlockingCalls calls = caller.calls();
            calls.structure(StructureAction.OPEN, 0, options, bytes, length);
            final int id = reply(calls).structures().next().structureId();
            return new MapTarget(name, id, port, routing);
        }
        finally
        {
            caller.exit();
        }
    }

    private static StructureReplyDecoder reply(final BlockingCalls calls)
    {
        return new StructureReplyDecoder().wrapAndApplyHeader(
            calls.exchange().answer(), 0, new MessageHeaderDecoder());
    }
}
