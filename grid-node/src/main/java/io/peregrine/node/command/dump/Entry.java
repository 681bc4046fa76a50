package io.peregrine.node.command.dump;

/**
 * An entry of a file. The arrays are its own.
 *
 * @param key   of it.
 * @param value of it.
 * @param ttlMs how long it lives yet, in milliseconds; {@link #NO_TTL} where the file says nothing.
 */
public record Entry(byte[] key, byte[] value, long ttlMs)
{
    /**
     * Nothing said about the time to live.
     */
    public static final long NO_TTL = -1;
}
