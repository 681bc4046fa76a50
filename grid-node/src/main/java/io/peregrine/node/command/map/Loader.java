package io.peregrine.node.command.map;

import io.peregrine.client.ErrorCode;
import io.peregrine.client.FailedException;
import io.peregrine.client.FlyweightMap;
import io.peregrine.client.GridException;
import io.peregrine.client.MapCommand;
import io.peregrine.client.MapResult;
import io.peregrine.client.Outcome;
import io.peregrine.node.command.dump.BadEntryException;
import io.peregrine.node.command.dump.Entry;
import io.peregrine.node.command.dump.EntryReader;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Puts the entries of a file, many under way at a time, in the order of the file for each key. What the grid refuses
 * but may take later, or does not answer, is put again together with all that came behind it, one by one, so that the
 * last line of a key wins however often something goes wrong. One thread.
 */
final class Loader
{
    private static final Set<ErrorCode> OF_THE_ENTRY = EnumSet.of(
        ErrorCode.KEY_TOO_LONG, ErrorCode.KEY_EMPTY, ErrorCode.VALUE_TOO_LONG, ErrorCode.EXPIRY_INVALID);
    private static final int AT_ONCE = 32;
    private static final int TRIES = 6;
    private static final long FIRST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long FOR_EVER = -1;

    /**
     * How entries are put.
     *
     * @param ttlNs     for entries whose line says nothing; 0 as the map says.
     * @param ifAbsent  whether entries that are there stay.
     * @param maxErrors entries that may be wrong before the load ends.
     */
    record Settings(long ttlNs, boolean ifAbsent, long maxErrors)
    {
    }

    /**
     * How far the load is: everything before the place is done.
     *
     * @param place   in the file.
     * @param written entries that were put.
     * @param kept    entries that were there and stayed.
     * @param errors  entries that were wrong.
     */
    record Position(EntryReader.Place place, long written, long kept, long errors)
    {
        static final Position START = new Position(EntryReader.Place.START, 0, 0, 0);
    }

    /**
     * Told of what happens.
     */
    interface Listener
    {
        /**
         * An entry is wrong, and was left out.
         */
        void onError(String message);

        /**
         * Some more was done.
         */
        void onProgress(Position position) throws IOException;

        /**
         * @return why to end before the end of the file; null to go on.
         */
        String stopReason();
    }

    private final MapCommand command = new MapCommand();
    private final UnsafeBuffer key = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer value = new UnsafeBuffer(0, 0);
    private final ArrayDeque<Pending> underWay = new ArrayDeque<>();
    private final FlyweightMap map;
    private final EntryReader reader;
    private final Settings settings;
    private final Listener listener;
    private EntryReader.Place place;
    private long written;
    private long kept;
    private long errors;
    private boolean isReadToEnd;

    Loader(
        final FlyweightMap map,
        final EntryReader reader,
        final Position from,
        final Settings settings,
        final Listener listener)
    {
        this.map = map.onResult(this::onResult);
        this.reader = reader;
        this.settings = settings;
        this.listener = listener;
        place = from.place();
        written = from.written();
        kept = from.kept();
        errors = from.errors();
    }

    /**
     * Load to the end of the file.
     *
     * @throws LoadStopped when it ends before: {@link #position()} says how far it came.
     */
    void run() throws IOException, LoadStopped
    {
        while (!isReadToEnd || !underWay.isEmpty())
        {
            final String reason = listener.stopReason();
            if (reason != null)
            {
                finishOthers();
                throw new LoadStopped(reason, true);
            }
            int work = readSome();
            work += map.poll();
            work += retire();
            if (work == 0)
            {
                map.idle();
            }
        }
    }

    /**
     * @return how far it is.
     */
    Position position()
    {
        return new Position(place, written, kept, errors);
    }

    /**
     * @return entries that were read.
     */
    private int readSome() throws IOException, LoadStopped
    {
        int read = 0;
        while (read < AT_ONCE && !isReadToEnd && underWay.size() < map.maxInFlight())
        {
            readOne();
            read++;
        }
        return read;
    }

    private void readOne() throws IOException, LoadStopped
    {
        try
        {
            final Entry entry = reader.next();
            if (entry == null)
            {
                isReadToEnd = true;
            }
            else
            {
                send(new Pending(entry, reader.place()));
            }
        }
        catch (final BadEntryException ex)
        {
            if (ex.isEnd())
            {
                finishOthers();
                throw new LoadStopped(ex.getMessage() + "; what comes behind cannot be read", false);
            }
            underWay.addLast(new Pending(ex.getMessage(), reader.place()));
        }
    }

    private void send(final Pending pending)
    {
        underWay.addLast(pending);
        try
        {
            pending.id = map.offer(put(pending.entry));
            while (pending.id == FlyweightMap.BACK_PRESSURED)
            {
                if (map.poll() == 0)
                {
                    map.idle();
                }
                pending.id = map.offer(put(pending.entry));
            }
            if (pending.id == FlyweightMap.CLOSED)
            {
                pending.error = ErrorCode.CLOSED;
                pending.isDone = true;
            }
        }
        catch (final FailedException ex)
        {
            pending.isDone = true;
            pending.error = ex.code();
        }
    }

    private MapCommand put(final Entry entry)
    {
        key.wrap(entry.key());
        value.wrap(entry.value());
        command.put(key, 0, key.capacity(), value, 0, value.capacity());
        final long ttlNs = entry.ttlMs() == Entry.NO_TTL ? settings.ttlNs :
            entry.ttlMs() > Long.MAX_VALUE / 2_000_000 ? FOR_EVER : TimeUnit.MILLISECONDS.toNanos(entry.ttlMs());
        command.expiry(ttlNs, 0);
        return settings.ifAbsent ? command.ifAbsent() : command;
    }

    private void onResult(final long id, final MapResult result)
    {
        for (final Pending pending : underWay)
        {
            if (pending.id == id)
            {
                pending.take(result);
                return;
            }
        }
    }

    /**
     * Take off the entries from the front that are done.
     */
    private int retire() throws IOException, LoadStopped
    {
        int retired = 0;
        while (!underWay.isEmpty() && underWay.peekFirst().isDone)
        {
            if (underWay.peekFirst().isToBePutAgain())
            {
                putAgain();
                return retired + 1;
            }
            retired++;
            retire(underWay.removeFirst());
        }
        if (retired > 0)
        {
            listener.onProgress(position());
        }
        return retired;
    }

    private void retire(final Pending pending) throws LoadStopped
    {
        place = pending.behind;
        if (pending.isWrong())
        {
            wrong(pending.fault == null ? reader.where(pending.behind) + ": " + pending.error.what() : pending.fault);
        }
        else if (pending.isKept)
        {
            kept++;
        }
        else
        {
            written++;
        }
    }

    private void putAgain() throws IOException, LoadStopped
    {
        awaitOthers();
        while (!underWay.isEmpty())
        {
            final Pending pending = underWay.peekFirst();
            if (!pending.isWrong())
            {
                putAlone(pending);
            }
            retire(underWay.removeFirst());
            listener.onProgress(position());
        }
    }

    private void putAlone(final Pending pending) throws LoadStopped
    {
        long pauseNs = FIRST_PAUSE_NS;
        for (int i = 1; ; i++)
        {
            try
            {
                pending.take(map.call(put(pending.entry)));
                return;
            }
            catch (final GridException ex)
            {
                if (ex instanceof FailedException || i == TRIES || Thread.currentThread().isInterrupted())
                {
                    throw new LoadStopped(reader.where(pending.behind) + ": " + ex.getMessage(), true);
                }
            }
            LockSupport.parkNanos(pauseNs);
            pauseNs *= 2;
        }
    }

    private void finishOthers() throws IOException, LoadStopped
    {
        awaitOthers();
        while (!underWay.isEmpty())
        {
            retire();
        }
    }

    private void awaitOthers()
    {
        while (map.inFlight() > 0)
        {
            if (map.poll() == 0)
            {
                map.idle();
            }
        }
    }

    private void wrong(final String message) throws LoadStopped
    {
        errors++;
        listener.onError(message);
        if (errors > settings.maxErrors)
        {
            throw new LoadStopped(errors + " entries are wrong, and --max-errors allows " + settings.maxErrors, true);
        }
    }

    /**
     * An entry that is under way, or a wrong one that waits for its turn.
     */
    private static final class Pending
    {
        private final Entry entry;
        private final String fault;
        private final EntryReader.Place behind;
        private long id;
        private boolean isDone;
        private boolean isKept;
        private ErrorCode error;

        Pending(final Entry entry, final EntryReader.Place behind)
        {
            this.entry = entry;
            this.behind = behind;
            fault = null;
        }

        Pending(final String fault, final EntryReader.Place behind)
        {
            this.fault = fault;
            this.behind = behind;
            entry = null;
            isDone = true;
        }

        void take(final MapResult result)
        {
            isDone = true;
            isKept = result.outcome() == Outcome.CONDITION_FAILED;
            error = result.applied() || isKept ? null : result.code();
        }

        boolean isWrong()
        {
            return fault != null || error != null && OF_THE_ENTRY.contains(error);
        }

        boolean isToBePutAgain()
        {
            return error != null && !isWrong();
        }
    }
}
