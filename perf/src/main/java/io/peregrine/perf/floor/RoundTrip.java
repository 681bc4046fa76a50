package io.peregrine.perf.floor;

import io.peregrine.perf.load.Workload;
import io.peregrine.perf.rig.Subject;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

import java.util.concurrent.TimeUnit;

/**
 * Sends key and value to the echo agent and waits for its answer, yielding. Driving thread.
 */
final class RoundTrip implements Subject, MessageHandler
{
    /**
     * What a request of the grid has before its key.
     */
    private static final int HEADER = 48;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int CHECK_EVERY = 1 << 12;

    private final Workload workload;
    private final int thread;
    private final ManyToOneRingBuffer requests;
    private final OneToOneRingBuffer replies;
    private final byte[] value;
    private long answered = -1;

    RoundTrip(final Workload workload, final EchoAgent agent, final int thread)
    {
        this.workload = workload;
        this.thread = thread;
        this.requests = agent.requests();
        this.replies = agent.replies(thread);
        this.value = workload.valueOf(0);
    }

    static int messageLength(final Workload workload)
    {
        return HEADER + Workload.KEY_LENGTH + workload.valueLength();
    }

    @Override
    public int run(final long first, final int count)
    {
        int wrong = 0;
        for (int i = 0; i < count; i++)
        {
            final long operation = first + i;
            send(operation);
            wrong += await(operation) ? 0 : 1;
        }

        return wrong;
    }

    private void send(final long operation)
    {
        final int place = workload.place(operation, thread);
        final int length = messageLength(workload);
        int at = requests.tryClaim(thread + 1, length);
        while (at < 0)
        {
            YieldingIdleStrategy.INSTANCE.idle();
            at = requests.tryClaim(thread + 1, length);
        }

        final MutableDirectBuffer buffer = requests.buffer();
        workload.stamp(workload.number(place), value);
        buffer.putLong(at, operation);
        buffer.putBytes(at + HEADER, workload.keys(), workload.keyOffset(place), Workload.KEY_LENGTH);
        buffer.putBytes(at + HEADER + Workload.KEY_LENGTH, value);
        requests.commit(at);
    }

    private boolean await(final long operation)
    {
        int idles = 0;
        long deadline = 0;
        while (replies.read(this, 1) == 0)
        {
            YieldingIdleStrategy.INSTANCE.idle();
            if (++idles % CHECK_EVERY == 0)
            {
                final long now = System.nanoTime();
                deadline = deadline == 0 ? now + LIMIT_NS : deadline;
                if (now - deadline > 0)
                {
                    return false;
                }
            }
        }

        return answered == operation;
    }

    @Override
    public void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length)
    {
        answered = buffer.getLong(index);
    }
}
