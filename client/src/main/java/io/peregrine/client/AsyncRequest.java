package io.peregrine.client;

import java.util.function.Function;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A command or a read that goes to the asynchronous lane, with its bytes copied, and the stage that it completes. Made
 * by the caller, then owned by the lane's thread.
 */
final class AsyncRequest<T>
{
    /**
     * In the place of how old a read may be: it is no read.
     */
    static final long NO_READ = -1;

    final MapTarget map;
    final int partition;
    final long keyHash;
    final MapCommand command;
    final long staleness;
    final long deadline;
    final long timeoutNs;
    final AsyncStage<T> stage;

    /**
     * Of the request once it is sent. The lane's thread.
     */
    long id;

    /**
     * That it carried, at least; 0 for none. The lane's thread.
     */
    long fence;
    private final Function<MapResult, T> conversion;

    AsyncRequest(
        final MapCalls<?, ?> calls,
        final int partition,
        final long keyHash,
        final MapCommand command,
        final long staleness,
        final Function<MapResult, T> conversion,
        final AsyncLane lane)
    {
        timeoutNs = calls.timeoutNs;
        deadline = System.nanoTime() + timeoutNs;
        map = calls.map;
        this.partition = partition;
        this.keyHash = keyHash;
        this.staleness = staleness;
        this.conversion = conversion;
        this.command = copy(command);
        stage = new AsyncStage<>(lane, () -> lane.onCancelled(this));
    }

    void complete(final MapResult result)
    {
        if (result.code() == ErrorCode.STALE_FENCE && command.lease != null)
        {
            command.lease.onRefused(fence);
        }
        final T converted;
        try
        {
            converted = conversion.apply(MapCalls.check(result));
        }
        catch (final Exception ex)
        {
            stage.completeExceptionally(ex);
            return;
        }
        stage.complete(converted);
    }

    private static MapCommand copy(final MapCommand command)
    {
        final MapCommand copy = new MapCommand();
        copy.action = command.action;
        copy.condition = command.condition;
        copy.returnPrevious = command.returnPrevious;
        copy.ttl = command.ttl;
        copy.maxIdle = command.maxIdle;
        copy.operand = command.operand;
        copy.expectedVersion = command.expectedVersion;
        copy.lease = command.lease;
        copy.key = copy(command.key, command.keyOffset, command.keyLength);
        copy.keyLength = command.keyLength;
        copy.value = copy(command.value, command.valueOffset, command.valueLength);
        copy.valueLength = command.valueLength;
        copy.expected = copy(command.expected, command.expectedOffset, command.expectedLength);
        copy.expectedLength = command.expectedLength;
        return copy;
    }

    private static DirectBuffer copy(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] bytes = new byte[length];
        if (length > 0)
        {
            buffer.getBytes(offset, bytes);
        }
        return new UnsafeBuffer(bytes);
    }
}
