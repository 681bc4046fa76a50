package io.peregrine.perf.sim;

/**
 * What came about in a run that few come to.
 *
 * @param isMemoryFull   whether the memory of a node was full.
 * @param isLossAccepted whether somebody accepted that what a partition held is lost.
 * @param isFaultKept    whether one fault stayed when all others had healed.
 * @param pauses         how often a copy was not gone on with in a cycle, as the time that may go into copies was used
 *                       up; 0 where pieces of copies take none.
 */
public record Reached(boolean isMemoryFull, boolean isLossAccepted, boolean isFaultKept, int pauses)
{
}
