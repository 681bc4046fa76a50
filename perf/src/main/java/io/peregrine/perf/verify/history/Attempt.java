package io.peregrine.perf.verify.history;

import io.peregrine.perf.linear.Call;

/**
 * One operation of a history.
 *
 * @param process    that asked; asks one thing at a time, and nothing any more after an unknown outcome.
 * @param operation  that it asked for.
 * @param invokedNs  when, on a clock that all processes share.
 * @param returnedNs when it was told something; {@link Call#NEVER} where it was told nothing.
 * @param told       what it was told.
 */
public record Attempt(int process, Operation operation, long invokedNs, long returnedNs, Told told)
{
    /**
     * Of the operation.
     *
     * @return its outcome.
     */
    public Outcome outcome()
    {
        return told.outcome();
    }
}
