package io.peregrine.storage.partition;

import io.peregrine.storage.map.RecordView;
import org.agrona.DirectBuffer;

/**
 * A structure of records that end: what Expire entries name.
 */
interface KeyedStructure extends Structure
{
    /**
     * Look at the record of a key.
     *
     * @return null if there is none.
     */
    RecordView find(long hash, DirectBuffer key, int offset, int length);

    /**
     * Apply: end the record of a key whose end is still the one seen, by the entry with this sequence and time.
     */
    void expire(long hash, DirectBuffer key, int offset, int length, long end, long sequence, long time);
}
