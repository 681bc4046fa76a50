package io.peregrine.perf.sim.workload;

import java.util.List;

/**
 * One request of a client, until it is answered or given up.
 */
final class Asking
{
    /**
     * What is asked.
     */
    enum Kind
    {
        /** One entry. */
        READ,
        /** One command. */
        WRITE,
        /** Commands that are done together or not at all. */
        BATCH,
        /** A page of a partition. */
        SCAN,
        /** That a session is opened. */
        SESSION
    }

    private static final long MILLI = 1_000_000;

    final Kind kind;
    final int partition;
    final List<Item> items;
    final long invokedNs;
    final long deadlineNs;
    long correlationId;
    long cursor;
    Scan scan;
    long sessionId;
    long number;
    boolean isPlain;
    long boundNs;
    int copies;
    long sentNs;

    Asking(
        final Kind kind, final int partition, final List<Item> items, final long invokedNs, final long deadlineNs)
    {
        this.kind = kind;
        this.partition = partition;
        this.items = items;
        this.invokedNs = invokedNs;
        this.deadlineNs = deadlineNs;
    }

    /**
     * @return whether it has a number in a session. A write without one is sent once.
     */
    boolean isNumbered()
    {
        return isWrite() && !isPlain;
    }

    boolean isWrite()
    {
        return kind == Kind.WRITE || kind == Kind.BATCH;
    }

    @Override
    public String toString()
    {
        return kind + (items.isEmpty() ? " p" + partition + " from " + cursor : " " + items) +
            (number > 0 ? " #" + number : "") + (boundNs > 0 ? " within " + boundNs / MILLI + " ms" : "");
    }
}
