package io.peregrine.client;

/**
 * Is told of the terms of one candidacy, in turn, on its thread. It campaigns again only when {@link #onDeposed} has
 * returned; the loss of a term is noticed while {@link #onElected} runs, and told when it has returned.
 */
public interface ElectionListener
{
    /**
     * Elected.
     *
     * @param term that has begun.
     */
    void onElected(ElectionTerm term);

    /**
     * A term is over: lost, or resigned without closing the candidacy.
     *
     * @param term that is over.
     */
    void onDeposed(ElectionTerm term);
}
