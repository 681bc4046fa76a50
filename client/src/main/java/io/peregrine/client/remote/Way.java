package io.peregrine.client.remote;

import io.peregrine.client.port.Assembler;
import io.peregrine.client.port.Fragmenter;
import io.peregrine.client.port.MessageSink;
import io.peregrine.transport.link.LinkConnection;
import io.peregrine.transport.link.LinkSender;
import org.agrona.MutableDirectBuffer;

/**
 * One lane's way to one data agent: the connection that it sends by, and long messages in the middle of being sent or
 * received. The lane's thread.
 */
final class Way implements MessageSink
{
    /**
     * The number of the way, as tables have it.
     */
    final int place;
    final Fragmenter fragmenter = new Fragmenter();
    final Assembler assembler = new Assembler(Assembler.LONGEST_ANSWER);

    /**
     * The request whose pieces are being sent.
     */
    long sending;

    /**
     * The round of sending in which there was no room.
     */
    long fullRound;

    /**
     * Whether it was said that a link is needed.
     */
    boolean isWanted;

    /**
     * Whether reads went by it to a copy that is not the primary's, since it was lost last.
     */
    boolean hasCopyReads;
    private final int tag;
    private LinkConnection connection;
    private LinkSender sender;
    private long gridId;
    private boolean isInGrid;

    Way(final int place, final int tag)
    {
        this.place = place;
        this.tag = tag;
    }

    /**
     * Is the connection that it sends by open, and to the grid's own memory?
     */
    boolean isReady()
    {
        return sender != null && isInGrid;
    }

    /**
     * Did it have a connection, which is open no more?
     */
    boolean isLost()
    {
        if (sender != null && !connection.isOpen())
        {
            sender = null;
        }
        return sender == null && connection != null;
    }

    /**
     * Is a sign of life overdue by the connection that it sends by?
     */
    boolean isQuiet()
    {
        return sender != null && connection.isQuiet();
    }

    boolean isBy(final LinkConnection other)
    {
        return connection == other;
    }

    /**
     * Does what comes by it come from the grid's own memory?
     */
    boolean isInGrid()
    {
        return isInGrid;
    }

    long gridId()
    {
        return gridId;
    }

    void connect(final LinkConnection to, final long ownGridId)
    {
        connection = to;
        sender = to.newSender();
        gridId = to.gridId();
        lead(ownGridId);
        cancel();
        assembler.reset();
    }

    /**
     * The grid is another one now.
     */
    void lead(final long ownGridId)
    {
        isInGrid = connection != null && gridId == ownGridId;
    }

    /**
     * Nothing more is sent of the request in the middle of being sent.
     */
    void cancel()
    {
        fragmenter.cancel();
        sending = 0;
    }

    @Override
    public int maxMessageLength()
    {
        return sender.maxMessageLength();
    }

    @Override
    public int tryClaim(final int partition, final int length)
    {
        final int result = sender.tryClaim(tag, length);
        if (result == LinkSender.DISCONNECTED)
        {
            sender = null;
        }
        return result;
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return sender.buffer();
    }

    @Override
    public void commit()
    {
        sender.commit();
    }

    @Override
    public void abort()
    {
        sender.abort();
    }
}
