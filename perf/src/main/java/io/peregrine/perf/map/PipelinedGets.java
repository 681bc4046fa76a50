package io.peregrine.perf.map;

import io.peregrine.client.FlyweightMap;
import io.peregrine.client.MapResult;
import io.peregrine.client.ResultHandler;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.rig.Subject;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads with a window of many in flight, which stays full from one run to the next; each answer is checked when it
 * comes. Driving thread.
 */
public final class PipelinedGets implements Subject, ResultHandler
{
    /**
     * Instead of the index of a thread: every entry once, in the order of their numbers.
     */
    public static final int EACH_ONCE = -1;

    private final Workload workload;
    private final FlyweightMap map;
    private final int thread;
    private final int window;
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[Workload.KEY_LENGTH]);
    private final UnsafeBuffer value;
    private final long[] ids;
    private final int[] numbers;
    private int wrong;

    /**
     * @param workload of the benchmark.
     * @param map      of this object alone; it takes its results, and closes it.
     * @param thread   index of the driving thread, or {@link #EACH_ONCE}.
     * @param window   requests in flight, at most as many as the map allows.
     */
    public PipelinedGets(final Workload workload, final FlyweightMap map, final int thread, final int window)
    {
        this.workload = workload;
        this.map = map;
        this.thread = thread;
        this.window = Math.min(window, map.maxInFlight());
        value = new UnsafeBuffer(new byte[Math.max(Long.BYTES, workload.valueLength())]);
        ids = new long[BitUtil.findNextPositivePowerOfTwo(map.maxInFlight())];
        numbers = new int[ids.length];
        map.onResult(this);
    }

    @Override
    public int run(final long first, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            send(first + i);
        }

        return takeWrong();
    }

    private void send(final long operation)
    {
        while (map.inFlight() >= window)
        {
            move();
        }

        final int number = number(operation);
        long id = offer(operation, number);
        while (id == FlyweightMap.BACK_PRESSURED)
        {
            move();
            id = offer(operation, number);
        }
        if (id == FlyweightMap.CLOSED)
        {
            throw new IllegalStateException("the client was closed while it read");
        }

        final int slot = (int) id & ids.length - 1;
        ids[slot] = id;
        numbers[slot] = number;
    }

    private int number(final long operation)
    {
        return thread == EACH_ONCE ? (int) operation : workload.number(workload.place(operation, thread));
    }

    private long offer(final long operation, final int number)
    {
        if (thread == EACH_ONCE)
        {
            Workload.writeKey(number, key, 0);
            return map.offerGet(key, 0, Workload.KEY_LENGTH);
        }

        final int offset = workload.keyOffset(workload.place(operation, thread));
        return map.offerGet(workload.keys(), offset, Workload.KEY_LENGTH);
    }

    private void move()
    {
        if (map.poll() == 0)
        {
            map.idle();
        }
    }

    @Override
    public void onResult(final long id, final MapResult result)
    {
        final int slot = (int) id & ids.length - 1;
        if (ids[slot] != id || !isRight(numbers[slot], result))
        {
            wrong++;
        }

        ids[slot] = 0;
    }

    private boolean isRight(final int number, final MapResult result)
    {
        if (!result.applied() || !result.present() || result.valueLength() != workload.valueLength())
        {
            return false;
        }

        return workload.isValueOf(number, value, result.getValue(value, 0));
    }

    private int takeWrong()
    {
        final int count = wrong;
        wrong = 0;
        return count;
    }

    /**
     * Wait for the answers that are still to come, and give the lane back.
     *
     * @return how many of them were wrong.
     */
    public int finish()
    {
        while (map.inFlight() > 0)
        {
            move();
        }

        map.close();
        return takeWrong();
    }

    @Override
    public void close()
    {
        final int last = finish();
        if (last > 0)
        {
            throw new IllegalStateException(last + " of the last answers were wrong");
        }
    }
}
