package io.peregrine.client.port;

/**
 * Names of structures that the grid's own client makes, and users cannot.
 */
public final class ReservedNames
{
    /**
     * What all of them begin with.
     */
    public static final String PREFIX = "$peregrine.";

    /**
     * The map that keeps what counters, sequences, ids and elections are made of. A node never evicts its entries.
     */
    public static final String VALUES = PREFIX + "values";

    private ReservedNames()
    {
    }

    /**
     * @param name of a structure.
     * @return whether it is the grid's own.
     */
    public static boolean isReserved(final String name)
    {
        return name.startsWith(PREFIX);
    }
}
