package io.peregrine.client.remote;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.Reason;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * The structures that this client has opened. Handles know a structure by a number of the client's own; what the grid
 * calls it holds for one grid id only, and is asked for again by name when the grid's memory is a new one. Any thread.
 */
final class RemoteStructures
{
    /**
     * It has to be opened in this grid first.
     */
    static final int UNKNOWN = 0;
    /**
     * It cannot be opened: {@link #failure} says why.
     */
    static final int FAILED = -1;

    private static final int INITIAL = 64;

    private final Map<Integer, Integer> byRemote = new HashMap<>();
    private volatile Entry[] entries = new Entry[INITIAL];
    private long byRemoteGrid;
    private int count;

    /**
     * What the grid with this id calls a structure.
     *
     * @param local number of it.
     * @return the number there, or {@link #UNKNOWN} or {@link #FAILED}.
     */
    int remote(final int local, final long gridId)
    {
        final Entry entry = find(local);
        if (entry == null)
        {
            return FAILED;
        }
        final Place place = entry.place;
        if (place.gridId == gridId)
        {
            return place.remoteId;
        }
        return entry.failure == null ? UNKNOWN : FAILED;
    }

    /**
     * What the grid that was reached last calls a structure.
     *
     * @param local number of it.
     * @return the number there, or {@link #UNKNOWN}.
     */
    int remote(final int local)
    {
        final Entry entry = find(local);
        return entry == null ? UNKNOWN : entry.place.remoteId;
    }

    /**
     * Why a structure cannot be used.
     */
    Failure failure(final int local)
    {
        final Entry entry = find(local);
        return entry == null ? Failure.DESTROYED : entry.failure;
    }

    /**
     * The request that opens it.
     */
    byte[] request(final int local)
    {
        return find(local).request;
    }

    /**
     * A structure was opened.
     *
     * @param buffer with the request that did.
     * @return its number here.
     */
    synchronized int opened(
        final DirectBuffer buffer, final int offset, final int length, final long gridId, final int remoteId)
    {
        checkGrid(gridId);
        final Integer known = byRemote.get(remoteId);
        if (known != null)
        {
            return known;
        }
        final byte[] request = new byte[length];
        buffer.getBytes(offset, request);
        if (count + 1 == entries.length)
        {
            final Entry[] larger = new Entry[2 * entries.length];
            System.arraycopy(entries, 0, larger, 0, entries.length);
            entries = larger;
        }
        final int local = ++count;
        final Entry[] changed = entries;
        changed[local] = new Entry(request, gridId, remoteId);
        entries = changed;
        byRemote.put(remoteId, local);
        return local;
    }

    /**
     * A structure was opened in another grid.
     */
    synchronized void reopened(final int local, final long gridId, final int remoteId)
    {
        checkGrid(gridId);
        byRemote.putIfAbsent(remoteId, local);
        find(local).in(gridId, remoteId);
    }

    /**
     * A structure cannot be used any more.
     */
    void failed(final int local, final Failure failure)
    {
        final Entry entry = find(local);
        if (entry != null && entry.failure == null)
        {
            entry.failure = failure;
        }
    }

    private void checkGrid(final long gridId)
    {
        if (byRemoteGrid != gridId)
        {
            byRemote.clear();
            byRemoteGrid = gridId;
        }
    }

    private Entry find(final int local)
    {
        final Entry[] known = entries;
        return local > 0 && local < known.length ? known[local] : null;
    }

    /**
     * Why a structure cannot be used.
     *
     * @param kind   of the answer.
     * @param reason of it.
     */
    record Failure(AnswerKind kind, Reason reason)
    {
        static final Failure DESTROYED = new Failure(AnswerKind.FAILED, Reason.DESTROYED);
    }

    private static final class Entry
    {
        final byte[] request;
        volatile Failure failure;
        private volatile Place place;

        Entry(final byte[] request, final long gridId, final int remoteId)
        {
            this.request = request;
            place = new Place(gridId, remoteId);
        }

        void in(final long gridId, final int newRemoteId)
        {
            place = new Place(gridId, newRemoteId);
        }
    }

    private record Place(long gridId, int remoteId)
    {
    }
}
