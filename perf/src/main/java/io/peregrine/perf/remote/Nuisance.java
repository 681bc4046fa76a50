package io.peregrine.perf.remote;

/**
 * What a client may do to a node that others use.
 */
public enum Nuisance
{
    /**
     * Asks, and never reads an answer.
     */
    deaf("a client that never reads its answers"),
    /**
     * Asks as fast as the node takes it, and reads the answers.
     */
    flood("a client that asks as fast as it can"),
    /**
     * Begins long requests and never ends them.
     */
    halfway("a client that stops in the middle of long values"),
    /**
     * Asks, and then its process stands still.
     */
    stopped("a client whose process stands still");

    private final String description;

    Nuisance(final String description)
    {
        this.description = description;
    }

    /**
     * For people.
     *
     * @return what it does.
     */
    public String description()
    {
        return description;
    }
}
