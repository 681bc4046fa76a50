package io.peregrine.perf.linear;

/**
 * What a caller knows of its call.
 */
public enum Fate
{
    /**
     * It took effect: every condition held.
     */
    DONE,
    /**
     * It was carried out and changed nothing, as a condition did not hold.
     */
    NOT_DONE,
    /**
     * No answer came: it took effect at some time after it was invoked, or never.
     */
    UNKNOWN
}
