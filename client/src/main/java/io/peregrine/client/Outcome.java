package io.peregrine.client;

/**
 * What became of one command.
 */
public enum Outcome
{
    /**
     * It was carried out, in this copy and in every other that has to have it.
     */
    APPLIED,
    /**
     * Its condition did not hold; nothing changed.
     */
    CONDITION_FAILED,
    /**
     * It did not happen, and may work later.
     */
    REFUSED,
    /**
     * It may have happened.
     */
    UNKNOWN,
    /**
     * It did not happen, and never will as it was asked.
     */
    FAILED
}
