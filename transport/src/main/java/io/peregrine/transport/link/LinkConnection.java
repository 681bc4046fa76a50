package io.peregrine.transport.link;

import org.agrona.DirectBuffer;

/**
 * One connection of a link from its Welcome to its loss. What was sent by it and not answered before it was lost may or
 * may not have arrived. What is sent arrives in the order sent, without gaps. Any thread.
 */
public interface LinkConnection
{
    /**
     * Its number: higher than that of every connection that this process made before.
     *
     * @return at least 1.
     */
    long id();

    /**
     * The node's start that it leads to.
     *
     * @return another number after each start of a node.
     */
    long incarnation();

    /**
     * The grid whose memory it leads to.
     *
     * @return numbers such as session ids that were given under another grid id mean nothing here.
     */
    long gridId();

    /**
     * What the layer above says of itself in the handshake.
     *
     * @return a copy of the bytes.
     */
    DirectBuffer greeting();

    /**
     * Is it open still? What is sent by one that is lost goes nowhere.
     *
     * @return false for ever once it was lost.
     */
    boolean isOpen();

    /**
     * Is a sign of life overdue? Then the node may not be there any more; it may also come yet.
     *
     * @return of one that is lost, anything.
     */
    boolean isQuiet();

    /**
     * Make a sender for one thread.
     *
     * @return to be used by one thread at a time, as long as the connection is open.
     */
    LinkSender newSender();
}
