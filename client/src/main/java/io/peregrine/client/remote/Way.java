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
    final int agent;
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
    private final int tag;
    private LinkConnection connection;
    private LinkSender sender;
    private long gridId;
    private boolean hadConnection;

    Way(final int agent, final int tag)
    {
        this.agent = agent;
        this.tag = tag;
    }

    /**
     * Is the connection that it sends by open?
     */
    boolean isReady()
    {
        return sender != null;
    }

    boolean isBy(final LinkConnection other)
    {
        return connection == other;
    }

    long gridId()
    {
        return gridId;
    }

    /**
     * Does a connection lead to another grid's memory than the one before?
     */
    boolean isOtherGrid(final LinkConnection other)
    {
        return hadConnection && gridId != other.gridId();
    }

    void connect(final LinkConnection to)
    {
        connection = to;
        sender = to.newSender();
        gridId = to.gridId();
        hadConnection = true;
    }

    void disconnect()
    {
        sender = null;
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
