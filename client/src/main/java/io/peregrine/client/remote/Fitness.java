package io.peregrine.client.remote;

import io.peregrine.transport.link.LinkConnection;
import org.agrona.ErrorHandler;

/**
 * Whether a node that is reached is one that lanes can go on with: of as many partitions, and for their home as many
 * data agents, as the one that was reached first. Whoever moves messages.
 */
final class Fitness
{
    private final GridFacts facts;
    private final ErrorHandler errorHandler;
    private long misfitId;

    /**
     * @param facts        what the node that was reached first said.
     * @param errorHandler is told of each node that will not do.
     */
    Fitness(final GridFacts facts, final ErrorHandler errorHandler)
    {
        this.facts = facts;
        this.errorHandler = errorHandler;
    }

    /**
     * Can lanes go on with the node that is their home now?
     */
    boolean isHomeFit(final LinkConnection connection)
    {
        final GridFacts now = GridFacts.of(connection);
        return said(now != null && facts.isSame(now), now);
    }

    /**
     * Can lanes go on with another member?
     */
    boolean isOfGrid(final LinkConnection connection)
    {
        final GridFacts now = GridFacts.of(connection);
        return said(now != null && facts.partitions() == now.partitions(), now);
    }

    private boolean said(final boolean fits, final GridFacts now)
    {
        if (!fits)
        {
            errorHandler.onError(new IllegalStateException(
                "the node was started anew with other partitions or agents than before: connect anew; was " +
                facts + ", is " + now));
        }
        return fits;
    }

    /**
     * Can another node become their home?
     */
    boolean isFitForHome(final LinkConnection connection)
    {
        final GridFacts other = GridFacts.of(connection);
        final boolean fits = other != null && facts.isSame(other);
        if (!fits && connection.id() != misfitId)
        {
            misfitId = connection.id();
            errorHandler.onError(new IllegalStateException(
                "a node of client.connect has other partitions or agents than the one that was lost, and is not " +
                "gone over to: connect anew; was " + facts + ", is " + other));
        }
        return fits;
    }
}
