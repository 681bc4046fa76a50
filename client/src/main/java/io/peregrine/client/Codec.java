package io.peregrine.client;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Turns keys or values into bytes and back. Keys are equal when their bytes are equal, so a codec for keys must encode
 * equal keys alike. Used by many threads at a time; must not call the grid.
 * <p>
 * When a codec throws, the call fails with {@link ErrorCode#CODEC_FAILED} and nothing is done, save that a
 * {@link ClassCastException} and every {@link GridException} go to the caller as they are.
 *
 * @param <T> what is encoded.
 */
public interface Codec<T>
{
    /**
     * Encode.
     *
     * @param value  not null.
     * @param buffer to write to; it takes as many bytes as a key or value may have, and throws on one more.
     * @param offset where to begin.
     * @return the bytes written; at least one for a key, as one of no byte is refused with {@link ErrorCode#KEY_EMPTY}.
     */
    int encode(T value, MutableDirectBuffer buffer, int offset);

    /**
     * Decode.
     *
     * @param buffer valid during the call only.
     * @param offset where the bytes begin.
     * @param length how many there are.
     * @return not null.
     */
    T decode(DirectBuffer buffer, int offset, int length);

    /**
     * The rule that says which part of an encoded key chooses the partition.
     *
     * @return always the same; whoever uses a map has to use the same rule for it.
     */
    default Routing routing()
    {
        return Routing.WHOLE;
    }
}
