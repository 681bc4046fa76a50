package io.peregrine.node.partition.learning;

import io.peregrine.node.codec.Denial;
import io.peregrine.node.control.Replica;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.storage.partition.LoadResult;
import io.peregrine.storage.partition.PartitionStore;
import io.peregrine.storage.partition.ResultSink;
import io.peregrine.storage.partition.SnapshotLoader;
import org.agrona.DirectBuffer;

/**
 * The part of a copy that learns: asks the primary for chunk after chunk, joins them with the log, which the primary
 * sends as to any follower, and says when the copy is whole. A copy that is whole but behind is offered first: where
 * the primary's log goes back far enough, no chunk is needed.
 * <p>
 * A copy that was called whole to a primary is kept, as it may be in the in-sync set already, until the attempt is over
 * for good or another leads; see {@link SnapshotGiver}. One that is to go is given up first, and dropped when the
 * primary has let it go.
 */
public final class Learner
{
    private static final ResultSink NOBODY = (buffer, offset, length) -> {};
    private static final int POLL = 4;

    private final LearnerHost host;
    private final Backoff backoff;
    private final long resendNs;
    private LearnerState state = LearnerState.IDLE;
    private Replica primary;
    private SnapshotLoader loader;
    private boolean isPromised;
    private boolean isWanted;
    private boolean hasMoved;
    private boolean isDue;
    private int attempt;
    private int copyAttempt;
    private int index;
    private long askedNs = Long.MIN_VALUE / 2;
    private long progressNs;

    /**
     * @param host     the partition.
     * @param settings of replication.
     */
    public Learner(final LearnerHost host, final ReplicationSettings settings)
    {
        this.host = host;
        resendNs = settings.resendNs();
        backoff = new Backoff(resendNs);
    }

    /**
     * @return what it does now.
     */
    public LearnerState state()
    {
        return state;
    }

    /**
     * @return number of the attempt by which the copy came here, or was found good enough: to be said with what is
     *         acknowledged, as the next attempt may put another copy in its place.
     */
    public int copyAttempt()
    {
        return copyAttempt;
    }

    int attempt()
    {
        return attempt;
    }

    /**
     * @return whether it takes or is to take a snapshot now; so many may at a time.
     */
    public boolean isUnderWay()
    {
        return state == LearnerState.ASKING || state == LearnerState.LOADING;
    }

    /**
     * @return whether it takes the log.
     */
    public boolean takesLog()
    {
        return state == LearnerState.LOADING || state == LearnerState.WHOLE;
    }

    /**
     * @return whether the store is being loaded: then committed entries go through {@link #apply}.
     */
    public boolean isLoading()
    {
        return state == LearnerState.LOADING;
    }

    /**
     * This member is to have a copy, and is not in the in-sync set.
     *
     * @param from  the primary.
     * @param nowNs of the node's monotonic clock.
     */
    public void learn(final Replica from, final long nowNs)
    {
        isWanted = true;
        if (!from.equals(primary))
        {
            primary = from;
            backoff.reset();
            begin(nowNs);
        }
        else if (state == LearnerState.IDLE)
        {
            begin(nowNs);
        }
    }

    /**
     * The copy is in the in-sync set, or the partition begins anew here: there is nothing to learn.
     *
     * @return whether what is here can be used: not so while a part of it is missing.
     */
    public boolean stop()
    {
        final boolean isUsable = loader == null;
        isWanted = false;
        isPromised = false;
        loader = null;
        primary = null;
        state = LearnerState.IDLE;
        return isUsable;
    }

    /**
     * No copy is to be here, and it is not in the in-sync set: it is dropped as soon as it can be.
     *
     * @param from  the primary.
     * @param nowNs of the node's monotonic clock.
     */
    public void leave(final Replica from, final long nowNs)
    {
        isWanted = false;
        if (isPromised && from.equals(primary))
        {
            state = LearnerState.LEAVING;
            ask(SnapshotGiver.GIVEN_UP, nowNs);
        }
        else
        {
            if (isUnderWay() && from.equals(primary))
            {
                ask(SnapshotGiver.GIVEN_UP, nowNs);
            }
            stop();
            host.dropCopy();
        }
    }

    /**
     * Ask, and ask again, what is due.
     *
     * @param nowNs   of the node's monotonic clock.
     * @param mayTake whether one more may take a snapshot.
     * @param mayAsk  whether the agent has time for a chunk.
     * @return work done.
     */
    public int work(final long nowNs, final boolean mayTake, final boolean mayAsk)
    {
        if (hasMoved)
        {
            hasMoved = false;
            progressNs = nowNs;
        }

        switch (state)
        {
            case IDLE:
                return 0;
            case WAITING:
            case STARVED:
                return mayTake && mayAsk && backoff.isOver(nowNs) ? first(nowNs) : 0;
            case WHOLE:
                return askAfter(POLL * resendNs, nowNs);
            case LEAVING:
                return askAfter(resendNs, nowNs);
            default:
                return nowNs - progressNs > resendNs * SnapshotGiver.PATIENCE ?
                    setBack(nowNs) : mayAsk ? askAfter(resendNs, nowNs) : 0;
        }
    }

    /**
     * A chunk came.
     *
     * @param ofAttempt that it answers.
     * @param chunkIndex of it.
     * @param buffer    with it.
     * @param offset    where.
     * @param length    bytes.
     * @param nowNs     of the node's monotonic clock.
     */
    public void onChunk(
        final int ofAttempt, final int chunkIndex, final DirectBuffer buffer, final int offset, final int length,
        final long nowNs)
    {
        if (ofAttempt != attempt || !isUnderWay() || chunkIndex != index)
        {
            return;
        }

        final LoadResult result = !host.hasRoomFor(length) ? LoadResult.NO_MEMORY :
            state == LearnerState.ASKING ? loadFirst(buffer, offset, length) : loader.load(buffer, offset, length);
        switch (result)
        {
            case LOADED, COMPLETE ->
            {
                progressNs = nowNs;
                index++;
                state = LearnerState.LOADING;
                complete(result);
                isDue = true;
            }
            case NO_MEMORY ->
            {
                loader = null;
                host.dropCopy();
                backoff.onNoMemory();
                again(nowNs);
                state = LearnerState.STARVED;
            }
            default -> setBack(nowNs);
        }
    }

    /**
     * The primary gave no chunk.
     *
     * @param ofAttempt that it answers.
     * @param denial    why.
     * @param nowNs     of the node's monotonic clock.
     */
    public void onDenied(final int ofAttempt, final Denial denial, final long nowNs)
    {
        if (ofAttempt != attempt || state == LearnerState.IDLE)
        {
            return;
        }

        switch (denial)
        {
            case BEGIN_AGAIN -> onOver(nowNs);
            case TAKE_LOG ->
            {
                if (state == LearnerState.ASKING && isPromised)
                {
                    state = LearnerState.WHOLE;
                    copyAttempt = attempt;
                    backoff.reset();
                }
            }
            default ->
            {
                if (state == LearnerState.ASKING)
                {
                    waitForTurn(nowNs);
                }
            }
        }
    }

    /**
     * Apply the next committed entry of the log to what is being loaded.
     *
     * @param entry  buffer with it; pages for it are reserved.
     * @param offset of its header.
     * @param length bytes.
     * @return false if its turn comes later.
     */
    public boolean apply(final DirectBuffer entry, final int offset, final int length)
    {
        final LoadResult result = loader.apply(entry, offset, length, NOBODY);
        hasMoved |= result == LoadResult.LOADED || result == LoadResult.COMPLETE;
        isDue |= complete(result);
        return result == LoadResult.LOADED || result == LoadResult.COMPLETE;
    }

    private int first(final long nowNs)
    {
        state = LearnerState.ASKING;
        index = 0;
        progressNs = nowNs;
        return ask(index, nowNs);
    }

    private int askAfter(final long pauseNs, final long nowNs)
    {
        final boolean isTime = isDue || nowNs - askedNs >= pauseNs;
        final int wanted = state == LearnerState.LEAVING ? SnapshotGiver.GIVEN_UP : index;
        return isTime ? ask(wanted, nowNs) : 0;
    }

    private int ask(final int wanted, final long nowNs)
    {
        final long have = state == LearnerState.LOADING ? SnapshotGiver.NOTHING_WHOLE : host.have();
        isPromised |= have != SnapshotGiver.NOTHING_WHOLE;
        askedNs = nowNs;
        isDue = false;
        host.ask(attempt, wanted, have);
        return 1;
    }

    private LoadResult loadFirst(final DirectBuffer buffer, final int offset, final int length)
    {
        final PartitionStore store = host.newStore();
        final SnapshotLoader first = new SnapshotLoader(store);
        final LoadResult result = first.load(buffer, offset, length);
        if (result == LoadResult.LOADED || result == LoadResult.COMPLETE)
        {
            loader = first;
            isPromised = false;
            copyAttempt = attempt;
            host.beginCopy(store, first.snapshotId());
        }
        else
        {
            store.close();
        }

        return result;
    }

    private boolean complete(final LoadResult result)
    {
        if (result == LoadResult.COMPLETE)
        {
            loader = null;
            state = LearnerState.WHOLE;
            backoff.reset();
            return true;
        }

        return false;
    }

    /**
     * No longer a promise: the primary has let this copy go.
     */
    private void onOver(final long nowNs)
    {
        if (isWanted)
        {
            again(nowNs);
            return;
        }

        stop();
        host.dropCopy();
    }

    /**
     * Without an answer for long, or with one that is no use.
     */
    private int setBack(final long nowNs)
    {
        if (!isPromised)
        {
            begin(nowNs);
        }
        waitForTurn(nowNs);
        return 1;
    }

    private void again(final long nowNs)
    {
        begin(nowNs);
        backoff.next(nowNs);
    }

    private void begin(final long nowNs)
    {
        if (loader != null)
        {
            loader = null;
            host.dropCopy();
        }

        isPromised = false;
        attempt++;
        state = LearnerState.WAITING;
        backoff.none(nowNs);
    }

    private void waitForTurn(final long nowNs)
    {
        state = LearnerState.WAITING;
        backoff.next(nowNs);
    }
}
