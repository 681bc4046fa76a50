package io.peregrine.node.partition;

import io.peregrine.node.codec.AckKind;

/**
 * What one copy that is not the primary goes by, under one epoch. Data agent's thread.
 */
final class Follow
{
    private long matched;
    private long primaryOrigin;
    private boolean hasOrigin;
    private AckKind kind = AckKind.HAVE;
    private long acknowledged;
    private boolean owesAck;

    /**
     * @param committed entry up to which the log is the same as everybody's.
     */
    void begin(final long committed)
    {
        matched = committed;
        owesAck = false;
        hasOrigin = false;
    }

    /**
     * @return sequence of the last entry that is known to be the same as the primary's.
     */
    long matched()
    {
        return matched;
    }

    /**
     * The log is the same as the primary's up to an entry.
     */
    void have(final long sequence)
    {
        matched = Math.max(matched, sequence);
        kind = AckKind.HAVE;
        acknowledged = matched;
        owesAck = true;
    }

    /**
     * The log lacks what entries came behind.
     *
     * @param sequence that it has, at most that.
     */
    void missing(final long sequence)
    {
        if (!owesAck)
        {
            kind = AckKind.MISSING;
            acknowledged = sequence;
            owesAck = true;
        }
    }

    boolean owesAck()
    {
        return owesAck;
    }

    AckKind kind()
    {
        return kind;
    }

    long acknowledged()
    {
        return acknowledged;
    }

    void onAckSent()
    {
        owesAck = false;
    }

    /**
     * @param origin partition time less the time of the primary's clock.
     */
    void origin(final long origin)
    {
        primaryOrigin = origin;
        hasOrigin = true;
    }

    /**
     * @param heardNs time of the primary's clock when it sent the last beat that came.
     * @return partition time that the primary had reached then; 0 if nothing is known.
     */
    long heardTime(final long heardNs)
    {
        return hasOrigin ? heardNs + primaryOrigin : 0;
    }
}
