package io.peregrine.node.partition;

import io.peregrine.client.port.MessageSink;

/**
 * Who waits for the result of which entry, in the order of the log: a queue of bounded length whose slots are reused,
 * so that it makes no garbage. Owned by the data agent.
 */
final class Waiting
{
    /**
     * The most entries of one partition that may be on their way at one time.
     */
    static final int LIMIT = 4096;

    private static final int INITIAL_CAPACITY = 4;

    private long[] sequences = new long[INITIAL_CAPACITY];
    private long[] correlationIds = new long[INITIAL_CAPACITY];
    private MessageSink[] sinks = new MessageSink[INITIAL_CAPACITY];
    private int head;
    private int size;

    boolean isEmpty()
    {
        return size == 0;
    }

    boolean isFull()
    {
        return size == LIMIT;
    }

    void add(final long sequence, final long correlationId, final MessageSink sink)
    {
        if (size == sequences.length)
        {
            grow();
        }

        final int slot = (head + size) & (sequences.length - 1);
        sequences[slot] = sequence;
        correlationIds[slot] = correlationId;
        sinks[slot] = sink;
        size++;
    }

    /**
     * @param sequence of an entry.
     * @return whether its result is the next that somebody waits for.
     */
    boolean isNext(final long sequence)
    {
        return size > 0 && sequences[head] == sequence;
    }

    /**
     * @return false if nobody waits for the entry.
     */
    boolean readdress(final long sequence, final long correlationId, final MessageSink sink)
    {
        for (int i = 0; i < size; i++)
        {
            final int slot = (head + i) & (sequences.length - 1);
            if (sequences[slot] == sequence)
            {
                sinks[slot].waive();
                correlationIds[slot] = correlationId;
                sinks[slot] = sink;
                return true;
            }
        }

        return false;
    }

    /**
     * @return sequence of the first entry that somebody waits for.
     */
    long sequence()
    {
        return sequences[head];
    }

    long correlationId()
    {
        return correlationIds[head];
    }

    MessageSink sink()
    {
        return sinks[head];
    }

    void remove()
    {
        sinks[head] = null;
        head = (head + 1) & (sequences.length - 1);
        size--;
    }

    private void grow()
    {
        final int capacity = sequences.length;
        final long[] newSequences = new long[capacity * 2];
        final long[] newCorrelationIds = new long[capacity * 2];
        final MessageSink[] newSinks = new MessageSink[capacity * 2];
        for (int i = 0; i < size; i++)
        {
            final int slot = (head + i) & (capacity - 1);
            newSequences[i] = sequences[slot];
            newCorrelationIds[i] = correlationIds[slot];
            newSinks[i] = sinks[slot];
        }

        sequences = newSequences;
        correlationIds = newCorrelationIds;
        sinks = newSinks;
        head = 0;
    }
}
