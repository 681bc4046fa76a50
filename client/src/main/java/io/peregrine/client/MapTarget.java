package io.peregrine.client;

import io.peregrine.client.port.KeyHash;
import io.peregrine.client.port.LocalReads;
import io.peregrine.client.port.RequestPort;
import org.agrona.DirectBuffer;

/**
 * A map as its handles see it: its number, where to read it, and where its keys go. Immutable, for all threads.
 */
final class MapTarget
{
    final String name;
    final int structureId;
    final LocalReads reads;
    final Routing routing;
    final int partitions;
    final int maxKeyLength;
    final int maxValueLength;

    MapTarget(final String name, final int structureId, final RequestPort port, final Routing routing)
    {
        this.name = name;
        this.structureId = structureId;
        this.routing = routing;
        reads = port.localReads(structureId);
        partitions = port.partitions();
        maxKeyLength = port.maxKeyLength();
        maxValueLength = port.maxValueLength();
    }

    void checkKey(final int length)
    {
        if (length > maxKeyLength)
        {
            throw Errors.keyTooLong(maxKeyLength);
        }
        if (length < 1)
        {
            throw Errors.keyEmpty();
        }
    }

    /**
     * The partition of a key.
     *
     * @param hash of the whole key.
     */
    int partition(final long hash, final DirectBuffer key, final int offset, final int length)
    {
        if (routing == Routing.WHOLE)
        {
            return KeyHash.partition(hash, partitions);
        }
        return KeyHash.partition(routingHash(hash, key, offset, length), partitions);
    }

    /**
     * The hash of the routing part of a key.
     *
     * @param hash of the whole key.
     */
    long routingHash(final long hash, final DirectBuffer key, final int offset, final int length)
    {
        final long part = routing.part(key, offset, length);
        final int partOffset = (int) (part >>> 32);
        final int partLength = (int) part;
        if (partOffset == offset && partLength == length)
        {
            return hash;
        }
        if (partOffset < offset || partLength < 1 || (long) partOffset + partLength > (long) offset + length)
        {
            throw Errors.failed(ErrorCode.CODEC_FAILED, "the routing part " + partOffset + "+" + partLength +
                " is not within the key " + offset + "+" + length);
        }
        return KeyHash.hash(key, partOffset, partLength);
    }

    /**
     * The exception for a negative result of a local read that is neither absent nor a matter for the agent.
     */
    FailedException failure(final int result)
    {
        return result == LocalReads.DESTROYED ? Errors.destroyed(name) : Errors.closed();
    }
}
