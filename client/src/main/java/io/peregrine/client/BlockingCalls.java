package io.peregrine.client;

import io.peregrine.client.codec.LockAction;
import io.peregrine.client.codec.Order;
import io.peregrine.client.codec.StructureAction;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;

/**
 * Requests that are sent and waited for, one at a time, over an exchange. Single-threaded; what is returned is valid
 * until the next call.
 */
final class BlockingCalls
{
    private static final long BACK = Exchange.BACK_PRESSURED;

    private final Exchange exchange;
    private final RequestWriter writer;
    private final LockWriter locks;
    private final MapResult result = new MapResult();

    BlockingCalls(final Exchange exchange)
    {
        this.exchange = exchange;
        writer = new RequestWriter(exchange);
        locks = new LockWriter(exchange);
    }

    Exchange exchange()
    {
        return exchange;
    }

    RequestWriter writer()
    {
        return writer;
    }

    MapResult command(final MapTarget map, final int partition, final long keyHash, final MapCommand command)
    {
        checkInterrupt();
        long id = writer.command(map.structureId, partition, keyHash, command);
        if (id <= 0)
        {
            final long deadline = deadline();
            for (int attempt = 0; id <= 0; attempt++)
            {
                awaitRoom(id, attempt, deadline);
                id = writer.command(map.structureId, partition, keyHash, command);
            }
        }
        return awaitResult(id);
    }

    MapResult read(
        final MapTarget map,
        final int partition,
        final boolean withValue,
        final long staleness,
        final DirectBuffer key,
        final int offset,
        final int length)
    {
        checkInterrupt();
        long id = writer.read(map.structureId, partition, withValue, staleness, key, offset, length);
        if (id <= 0)
        {
            final long deadline = deadline();
            for (int attempt = 0; id <= 0; attempt++)
            {
                awaitRoom(id, attempt, deadline);
                id = writer.read(map.structureId, partition, withValue, staleness, key, offset, length);
            }
        }
        return awaitResult(id);
    }

    /**
     * One page of a scan; its message is in {@link Exchange#answer()}.
     */
    void scan(final MapTarget map, final int partition, final long cursor, final ScanLimits limits)
    {
        ask(() -> writer.scan(
            map.structureId, partition, cursor, limits.maxEntries(), limits.maxBytes(), limits.keysOnly()));
    }

    /**
     * A request about structures; the answer is in {@link Exchange#answer()}.
     */
    void structure(
        final StructureAction action,
        final int structureId,
        final MapOptions options,
        final DirectBuffer name,
        final int nameLength)
    {
        ask(() -> writer.structure(action, structureId, options, name, nameLength));
    }

    /**
     * A question about a node; the answer is in {@link Exchange#answer()}.
     */
    void status(final int member, final int fromMap, final int maxMaps)
    {
        ask(() -> writer.status(member, fromMap, maxMaps));
    }

    /**
     * A question about the partitions of one data agent; the answer is in {@link Exchange#answer()}.
     */
    void partitions(final int member, final int agent, final int from)
    {
        ask(() -> writer.partitions(member, agent, from));
    }

    /**
     * An order of an operator; the answer is in {@link Exchange#answer()}.
     */
    void order(final Order what, final int number, final long expected)
    {
        ask(() -> writer.order(what, number, expected));
    }

    /**
     * A command on a lock.
     */
    LockAnswer lock(final LockName lock, final LockAction action, final LockTerms terms)
    {
        checkInterrupt();
        final long deadline = deadline();
        long id = BACK;
        for (int attempt = 0; id <= 0; attempt++)
        {
            id = locks.command(lock, action, terms);
            awaitRoomUnlessSent(id, attempt, deadline);
        }
        awaitOrThrow(id);
        return LockAnswer.of(exchange.answer(), 0);
    }

    /**
     * A look at a lock; with a holder, and if the answer is to be awaited, until that waits in line no longer.
     */
    LockAnswer look(final LockName lock, final long holder, final boolean await)
    {
        checkInterrupt();
        final long deadline = deadline();
        long id = BACK;
        for (int attempt = 0; id <= 0; attempt++)
        {
            id = locks.look(lock, holder, await);
            awaitRoomUnlessSent(id, attempt, deadline);
        }
        awaitOrThrow(id);
        return LockAnswer.of(exchange.answer(), 0);
    }

    /**
     * Wait for the answer to a command or read.
     */
    MapResult awaitResult(final long id)
    {
        exchange.await(id);
        return result.wrap(exchange.answer(), 0);
    }

    /**
     * Wait for an answer that is of another kind; throw if it is a refusal.
     */
    void awaitOrThrow(final long id)
    {
        exchange.await(id);
        Refusals.throwIfRefused(exchange.answer(), 0);
    }

    /**
     * Send something that is not on the hot path as soon as there is room, and wait for its answer.
     *
     * @param request sends it, and says its id or why not.
     */
    private void ask(final LongSupplier request)
    {
        checkInterrupt();
        final long deadline = deadline();
        long id = BACK;
        for (int attempt = 0; id <= 0; attempt++)
        {
            id = request.getAsLong();
            awaitRoomUnlessSent(id, attempt, deadline);
        }
        awaitOrThrow(id);
    }

    void awaitRoomUnlessSent(final long id, final int attempt, final long deadline)
    {
        if (id <= 0)
        {
            awaitRoom(id, attempt, deadline);
        }
    }

    void awaitRoom(final long code, final int attempt, final long deadline)
    {
        if (code == Exchange.CLOSED)
        {
            throw Errors.closed();
        }
        exchange.awaitRoom(attempt + 1, deadline);
    }

    long deadline()
    {
        return System.nanoTime() + exchange.timeoutNs();
    }

    static void checkInterrupt()
    {
        if (Thread.currentThread().isInterrupted())
        {
            throw Errors.interruptedBefore();
        }
    }
}
