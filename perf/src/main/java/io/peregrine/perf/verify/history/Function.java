package io.peregrine.perf.verify.history;

/**
 * What an operation does with its key.
 */
public enum Function
{
    /** Reads the value. */
    READ,
    /** Sets the value, or removes the entry. */
    WRITE,
    /** Does so where the value is the one that was expected. */
    CAS
}
