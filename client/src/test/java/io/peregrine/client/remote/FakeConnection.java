package io.peregrine.client.remote;

import io.peregrine.transport.link.LinkConnection;
import io.peregrine.transport.link.LinkSender;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A connection whose two directions are queues that the test empties, drops or keeps back. One lock guards them.
 */
final class FakeConnection implements LinkConnection
{
    /**
     * A message and its tag.
     */
    record Message(int tag, byte[] bytes)
    {
    }

    private static long connections;

    final Deque<Message> toNode = new ArrayDeque<>();
    final Deque<Message> toClient = new ArrayDeque<>();
    private final long id;
    private final long gridId;
    private final DirectBuffer greeting;
    private final int maxMessageLength;
    private final BooleanSupplier full;
    private volatile boolean open = true;
    private volatile boolean quiet;

    FakeConnection(
        final long gridId, final DirectBuffer greeting, final int maxMessageLength, final BooleanSupplier full)
    {
        synchronized (FakeConnection.class)
        {
            id = ++connections;
        }
        this.gridId = gridId;
        this.greeting = greeting;
        this.maxMessageLength = maxMessageLength;
        this.full = full;
    }

    void lose()
    {
        open = false;
    }

    void quiet(final boolean newQuiet)
    {
        quiet = newQuiet;
    }

    synchronized void answer(final int tag, final byte[] bytes)
    {
        toClient.add(new Message(tag, bytes));
    }

    synchronized Message takeRequest()
    {
        return toNode.poll();
    }

    synchronized Message takeAnswer()
    {
        return toClient.poll();
    }

    @Override
    public long id()
    {
        return id;
    }

    @Override
    public long incarnation()
    {
        return gridId;
    }

    @Override
    public long gridId()
    {
        return gridId;
    }

    @Override
    public DirectBuffer greeting()
    {
        return greeting;
    }

    @Override
    public boolean isOpen()
    {
        return open;
    }

    @Override
    public boolean isQuiet()
    {
        return quiet;
    }

    @Override
    public LinkSender newSender()
    {
        return new Sender();
    }

    private final class Sender implements LinkSender
    {
        private final UnsafeBuffer claim = new UnsafeBuffer(0, 0);
        private int claimedTag;

        @Override
        public int maxMessageLength()
        {
            return maxMessageLength;
        }

        @Override
        public int tryClaim(final int tag, final int length)
        {
            if (!open)
            {
                return DISCONNECTED;
            }
            if (length > maxMessageLength)
            {
                throw new IllegalArgumentException(length + " bytes");
            }
            if (full.getAsBoolean())
            {
                return BACK_PRESSURED;
            }
            claim.wrap(new byte[length]);
            claimedTag = tag;
            return 0;
        }

        @Override
        public MutableDirectBuffer buffer()
        {
            return claim;
        }

        @Override
        public void commit()
        {
            synchronized (FakeConnection.this)
            {
                toNode.add(new Message(claimedTag, claim.byteArray()));
            }
        }

        @Override
        public void abort()
        {
            claim.wrap(0, 0);
        }
    }
}
