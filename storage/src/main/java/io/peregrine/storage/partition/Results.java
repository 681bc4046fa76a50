package io.peregrine.storage.partition;

/**
 * Where the results of a data agent's partitions are encoded, one after the other. Data agent's thread.
 */
public final class Results
{
}
