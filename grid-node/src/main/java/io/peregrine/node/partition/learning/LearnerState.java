package io.peregrine.node.partition.learning;

/**
 * What a {@link Learner} does now.
 */
public enum LearnerState
{
    /**
     * Nothing: the copy is in sync, or there is none and none is wanted.
     */
    IDLE,
    /**
     * Waits for its turn.
     */
    WAITING,
    /**
     * Waits until there may be memory for the copy.
     */
    STARVED,
    /**
     * Has asked for a first answer.
     */
    ASKING,
    /**
     * Has a part of the copy.
     */
    LOADING,
    /**
     * The copy is whole, and waits to be taken into the set.
     */
    WHOLE,
    /**
     * Asks the primary to let the copy go.
     */
    LEAVING
}
