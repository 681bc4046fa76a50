package io.peregrine.client;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A sequence as a counter of the numbers that were given, in blocks. Where the grid has lost that counter, it is set to
 * what this handle was given before it goes on. Any thread.
 */
final class PortSequence implements GridSequence
{
    private final GridCounter given;
    private final int block;
    private final Supplier<Executor> executor;
    private final AtomicLong highest = new AtomicLong();
    private volatile Block current = new Block(1, 0);
    private AsyncGridSequence async;

    /**
     * @param executor of asynchronous stages.
     */
    PortSequence(final GridCounter given, final int block, final Supplier<Executor> executor)
    {
        this.executor = executor;
        if (block < 1)
        {
            throw Errors.failed(ErrorCode.ARGUMENT_INVALID, "a block of " + block + " numbers is less than 1");
        }
        this.given = given;
        this.block = block;
    }

    @Override
    public String name()
    {
        return given.name();
    }

    @Override
    public int block()
    {
        return block;
    }

    @Override
    public long next()
    {
        if (block == 1)
        {
            return take();
        }
        final long number = current.take();
        return number > 0 ? number : nextOfNewBlock();
    }

    private synchronized long nextOfNewBlock()
    {
        long number = current.take();
        while (number == 0)
        {
            final long last = take();
            current = new Block(last - block + 1, block);
            number = current.take();
        }
        return number;
    }

    /**
     * @return the last number of a block that is this handle's.
     */
    private long take()
    {
        while (true)
        {
            final long before = highest.get();
            final long last = given.addAndGet(block);
            if (last - block >= before)
            {
                highest.accumulateAndGet(last, Math::max);
                return last;
            }
            skipTo(before);
        }
    }

    @Override
    public void skipTo(final long last)
    {
        check(last);
        long now = given.get();
        while (now < last && !given.compareAndSet(now, last))
        {
            now = given.get();
        }
    }

    static void check(final long last)
    {
        if (last < 0)
        {
            throw Errors.failed(ErrorCode.ARGUMENT_INVALID, "a sequence has no number " + last);
        }
    }

    @Override
    public synchronized AsyncGridSequence async()
    {
        if (async == null)
        {
            async = new AsyncSequence(given.async(), block, highest, executor.get());
        }
        return async;
    }

    @Override
    public String toString()
    {
        return "sequence '" + Names.shown(name()) + "'";
    }

    /**
     * Numbers that are this handle's.
     */
    private static final class Block
    {
        private final AtomicLong used = new AtomicLong();
        private final long first;
        private final long size;

        Block(final long first, final long size)
        {
            this.first = first;
            this.size = size;
        }

        /**
         * @return 0 if none is left.
         */
        long take()
        {
            if (used.get() >= size)
            {
                return 0;
            }
            final long index = used.getAndIncrement();
            return index < size ? first + index : 0;
        }
    }
}
