package io.peregrine.client.port;

import org.agrona.MutableDirectBuffer;

/**
 * Requests of one thread and their answers. A lane belongs to one thread at a time; handing it to another needs a
 * happens-before edge. What is committed for one partition is carried out in that order. One answer comes for each
 * request, in any order between partitions; none after {@link #close()}.
 * <p>
 * Long messages go in pieces, by {@link Fragmenter} at the sending end and {@link Assembler} at the receiving end, in
 * both directions; a lane itself carries messages of at most {@link #maxMessageLength()}.
 */
public interface RequestLane extends AutoCloseable, MessageSink
{
    /**
     * The result of {@link #tryClaim} when there is no room now: poll, idle, try again.
     */
    int BACK_PRESSURED = -1;

    /**
     * The result of {@link #tryClaim} when there never will be room: the node or the connection was closed.
     */
    int CLOSED = -2;

    /**
     * The result of {@link #abandon}: an answer still comes.
     */
    int ANSWERED_YET = 0;

    /**
     * The result of {@link #abandon}: no answer comes any more; the request may have been carried out, or may yet be.
     */
    int GIVEN_UP = 1;

    /**
     * The result of {@link #abandon}: no answer comes any more, and the request was not and will not be carried out.
     */
    int NOT_DONE = 2;

    /**
     * The id that the first request on this lane has to have; those after it rise by one.
     *
     * @return at least 1.
     */
    default long firstCorrelationId()
    {
        return 1;
    }

    /**
     * Nobody waits for the answer to a request any more.
     *
     * @param correlationId of a request that was committed and not answered.
     * @return {@link #ANSWERED_YET}, {@link #GIVEN_UP} or {@link #NOT_DONE}.
     */
    default int abandon(final long correlationId)
    {
        return ANSWERED_YET;
    }

    /**
     * The most requests that may be unanswered at a time. Whoever sends more may find answers missing.
     *
     * @return at least 1.
     */
    int maxInFlight();

    /**
     * The longest request, however many pieces it goes in.
     *
     * @return bytes; the node refuses by itself what is too long where there is no limit here.
     */
    default int maxRequestLength()
    {
        return Integer.MAX_VALUE;
    }

    /**
     * Claim room for a message. Exactly one {@link #commit()} or {@link #abort()} has to follow when the result is not
     * negative, with no other call to the lane but {@link #buffer()} between.
     *
     * @param partition that the request is for; it goes to the agent of this partition.
     * @param length    of the message, with its header; 1 to {@link #maxMessageLength()}.
     * @return where the message begins in {@link #buffer()}, aligned to 8 bytes; or {@link #BACK_PRESSURED}; or
     *         {@link #CLOSED}.
     */
    @Override
    int tryClaim(int partition, int length);

    /**
     * The buffer of the last claim.
     *
     * @return valid until commit or abort.
     */
    @Override
    MutableDirectBuffer buffer();

    /**
     * Send what was claimed.
     */
    @Override
    void commit();

    /**
     * Give back what was claimed.
     */
    @Override
    void abort();

    /**
     * Take answers. Does not wait. An exception of the handler is thrown on to the caller; the answer in question is
     * then gone, and the others are not.
     *
     * @param handler receives each on this thread, and must not call the lane.
     * @param limit   the most to take.
     * @return how many were taken.
     */
    int poll(MessageHandler handler, int limit);

    /**
     * Called by the owner between two polls while it waits. Where the application's own thread drives the node, and
     * this is that thread, the node works here; otherwise the thread idles as configured.
     *
     * @param workCount what was achieved since the last call: 0 to idle.
     */
    void idle(int workCount);

    /**
     * Give the lane back. Called by its owner, or by anybody once the owner has ended. Requests in flight may be
     * carried out; their answers are dropped. Safe to call twice.
     */
    @Override
    void close();
}
