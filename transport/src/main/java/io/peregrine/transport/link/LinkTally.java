package io.peregrine.transport.link;

import io.peregrine.transport.codec.DenialReason;

/**
 * What was counted at the end where links come in. Written by the thread that works it.
 */
public final class LinkTally
{
    private final long[] denied = new long[DenialReason.NULL_VAL.value() + 1];
    long opened;
    long closed;
    long rejected;
    long badMessages;
    long dropped;

    LinkTally()
    {
    }

    void onDenied(final DenialReason reason)
    {
        denied[reason.value()]++;
    }

    /**
     * Links that were opened so far.
     *
     * @return a count.
     */
    public long opened()
    {
        return opened;
    }

    /**
     * Links open now.
     *
     * @return a count.
     */
    public long open()
    {
        return opened - closed;
    }

    /**
     * Streams that were rejected without an answer: beyond a limit, or of an earlier life of the node.
     *
     * @return a count.
     */
    public long rejected()
    {
        return rejected;
    }

    /**
     * Messages that made no sense to the handshake.
     *
     * @return a count.
     */
    public long badMessages()
    {
        return badMessages;
    }

    /**
     * Messages that came on links that had ended.
     *
     * @return a count.
     */
    public long dropped()
    {
        return dropped;
    }

    /**
     * Handshakes denied and links ended for a reason.
     *
     * @param reason which.
     * @return a count.
     */
    public long denied(final DenialReason reason)
    {
        return denied[reason.value()];
    }
}
