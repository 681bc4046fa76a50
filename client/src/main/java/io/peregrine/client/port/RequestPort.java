package io.peregrine.client.port;

/**
 * A way to the data agents of a grid. Every method may be called from any thread and none of them waits.
 */
public interface RequestPort
{
    /**
     * The number of partitions that keys hash to.
     *
     * @return the same for the life of the grid.
     */
    int partitions();

    /**
     * The longest key that the grid takes.
     *
     * @return bytes.
     */
    int maxKeyLength();

    /**
     * The longest value that the grid takes.
     *
     * @return bytes.
     */
    int maxValueLength();

    /**
     * Open a lane for the calling thread or for another one that it is handed to.
     *
     * @return a lane, or null when the limit of lanes is reached.
     */
    RequestLane openLane();

    /**
     * Find the memory of a map in this process.
     *
     * @param structureId of the map.
     * @return where to read it without asking an agent, always the same answer for one map; null when all reads have to
     *         go through a lane. A map that does not exist any more answers {@link LocalReads#DESTROYED}.
     */
    LocalReads localReads(int structureId);

    /**
     * Can no request be answered any more, for ever?
     *
     * @return true once the node or the connection was closed. Requests that were not answered by then will not be.
     */
    boolean isClosed();

    /**
     * Are the agents reached now?
     *
     * @return false while a lost connection is made again: requests wait for it.
     */
    default boolean isConnected()
    {
        return true;
    }
}
