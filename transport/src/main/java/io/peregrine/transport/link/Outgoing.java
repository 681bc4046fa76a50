package io.peregrine.transport.link;

/**
 * A stream that leaves by the media driver, which notices by itself only at its next walk that something was committed.
 */
public interface Outgoing
{
    /**
     * @return its session. The driver's thread.
     */
    int sessionId();

    /**
     * @return its stream id. The driver's thread.
     */
    int streamId();

    /**
     * @return whether it is in its outbox. Any thread.
     */
    boolean isInOutbox();

    /**
     * @param isIn set by the agent's thread, cleared by the driver's.
     */
    void isInOutbox(boolean isIn);
}
