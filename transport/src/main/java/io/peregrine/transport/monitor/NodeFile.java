package io.peregrine.transport.monitor;

import io.peregrine.transport.process.StartupException;
import org.agrona.ErrorHandler;
import org.agrona.IoUtil;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.ConcurrentCountersManager;
import org.agrona.concurrent.status.CountersManager;

import java.nio.MappedByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import static io.peregrine.transport.monitor.NodeFileLayout.ACTIVITY_OFFSET;
import static io.peregrine.transport.monitor.NodeFileLayout.VERSION_OFFSET;

/**
 * The mapped file in which a running node shows itself: created at launch, deleted by an orderly close, left behind by
 * a crash for whoever wants to know why. Whether a file is stale is decided by its process, never by a timeout, so that
 * a supervisor may restart a killed node at once.
 * <p>
 * {@link #activity(long)} belongs to the duty cycle; counters and errors may be written by any thread until
 * {@link #close()}, after which they are dropped.
 */
public final class NodeFile implements ErrorHandler, AutoCloseable
{
    /**
     * Counters that a node may have.
     */
    public static final int COUNTERS = 1280;

    /**
     * Length of the error log in bytes.
     */
    public static final int ERROR_LOG_LENGTH = 128 * 1024;

    /**
     * Length of the file in bytes, all of it taken from the file system at once.
     */
    public static final int LENGTH = NodeFileLayout.HEADER_LENGTH + ERROR_LOG_LENGTH +
        COUNTERS * (CountersManager.METADATA_LENGTH + CountersManager.COUNTER_LENGTH);

    private final Path path;
    private final MappedByteBuffer mapped;
    private final UnsafeBuffer header;
    private final CountersManager counters;
    private final DistinctErrorLog errorLog;
    private final AtomicCounter errors;
    private final AtomicCounter errorsUnlogged;
    private boolean closed;

    private NodeFile(final Path path, final MappedByteBuffer mapped, final EpochClock clock)
    {
        this.path = path;
        this.mapped = mapped;
        header = new UnsafeBuffer(mapped, 0, NodeFileLayout.HEADER_LENGTH);
        counters = new ConcurrentCountersManager(
            NodeFileLayout.metadata(mapped, header), NodeFileLayout.values(mapped, header), StandardCharsets.UTF_8);
        errorLog = new DistinctErrorLog(NodeFileLayout.errors(mapped, header), clock, StandardCharsets.UTF_8);
        errors = newCounter(CounterType.ERRORS);
        errorsUnlogged = newCounter(CounterType.ERRORS_UNLOGGED);
    }

    /**
     * @param directory of the nodes of this machine; created where it is absent.
     * @param name      of the node, ASCII, fit for a file's name.
     * @param clock     of the wall, for what is shown only.
     * @return the file, mapped, with no counters but those of errors.
     * @throws StartupException when a live node has this name here, the directory cannot be written, or the file system
     *                          has no room.
     */
    public static NodeFile create(final Path directory, final String name, final EpochClock clock)
    {
        final long now = clock.time();
        final Path file = NodeFileClaim.claim(directory, name, LENGTH, now);
        try
        {
            final MappedByteBuffer mapped = IoUtil.mapExistingFile(file.toFile(), "node file");
            final UnsafeBuffer header = new UnsafeBuffer(mapped, 0, NodeFileLayout.HEADER_LENGTH);
            NodeFileLayout.init(header, name, now, COUNTERS, ERROR_LOG_LENGTH);
            final NodeFile result = new NodeFile(file, mapped, clock);
            header.putIntVolatile(VERSION_OFFSET, NodeFileLayout.VERSION);
            return result;
        }
        catch (final RuntimeException ex)
        {
            NodeFileClaim.release(file);
            throw ex;
        }
    }

    /**
     * @return where the file is.
     */
    public Path path()
    {
        return path;
    }

    /**
     * Says that the duty cycle turns. For the data agent, about once a second.
     *
     * @param epochMs wall time.
     */
    public void activity(final long epochMs)
    {
        header.putLongRelease(ACTIVITY_OFFSET, epochMs);
    }

    /**
     * @param type of the counter, of which the node has one.
     * @return the counter.
     */
    public AtomicCounter newCounter(final CounterType type)
    {
        return counters.newCounter(type.label(), type.id());
    }

    /**
     * @param type  of the counter.
     * @param agent that the counter is of.
     * @return the counter.
     */
    public AtomicCounter newCounter(final CounterType type, final int agent)
    {
        return counters.newCounter(type.label() + " agent=" + agent, type.id(),
            key -> key.putInt(0, agent));
    }

    /**
     * @param type   of the counter.
     * @param detail that tells this one from others of its type.
     * @param agent  that the counter is of.
     * @return the counter.
     */
    public AtomicCounter newCounter(final CounterType type, final String detail, final int agent)
    {
        return counters.newCounter(type.label() + "." + detail + " agent=" + agent, type.id(),
            key -> key.putInt(0, agent));
    }

    /**
     * @return the counters, thread-safe.
     */
    public CountersManager counters()
    {
        return counters;
    }

    /**
     * Records an error: counted always, its text once, however often it comes. Any thread.
     *
     * @param error to record.
     */
    @Override
    public synchronized void onError(final Throwable error)
    {
        if (!closed)
        {
            errors.increment();
            if (!errorLog.record(error))
            {
                errorsUnlogged.increment();
            }
        }
    }

    /**
     * Deletes the file. The mapping itself goes when nothing refers to it any longer, as other threads may still be
     * counting.
     */
    @Override
    public synchronized void close()
    {
        if (!closed)
        {
            closed = true;
            NodeFileClaim.release(path);
        }
    }
}
