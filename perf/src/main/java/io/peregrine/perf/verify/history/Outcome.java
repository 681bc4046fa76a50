package io.peregrine.perf.verify.history;

/**
 * What a client knows of its operation.
 */
public enum Outcome
{
    /** It took effect. */
    OK,
    /** The value was not the expected one: it was carried out and changed nothing. */
    NOT_DONE,
    /** It did not happen. */
    REFUSED,
    /** It may have happened, or may still. */
    UNKNOWN
}
