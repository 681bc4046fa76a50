package io.peregrine.storage.map;

/**
 * Receives entries of a scan, entries past their end, or a candidate for eviction. Writer thread.
 */
@FunctionalInterface
public interface RecordConsumer
{
    /**
     * An entry.
     *
     * @param record valid during the call only, and only until the store is changed.
     * @return false if it was not taken, for want of room: the walk stops in front of it.
     */
    boolean onRecord(RecordView record);
}
