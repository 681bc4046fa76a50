package io.peregrine.client;

/**
 * A connection of this process to a grid. Made by {@link #connect(GridClientContext)}, usable when that returns, ended
 * by {@link #close()}. A lost connection is made again by itself; calls wait for that at most for their own time. Any
 * thread may call it, and {@link #grid()} may be used by any number of threads.
 */
public final class GridClient implements AutoCloseable
{
    private final GridClientContext context;
    private final Grid grid;

    private GridClient(final GridClientContext context, final Grid grid)
    {
        this.context = context;
        this.grid = grid;
    }

    /**
     * Connect with settings from files, environment and system properties only.
     *
     * @return the client, connected.
     */
    public static GridClient connect()
    {
        return connect(new GridClientContext());
    }

    /**
     * Connect to a grid.
     *
     * @param context of this client alone; concluded here.
     * @return the client, connected.
     * @throws io.peregrine.client.config.ConfigurationException when a setting cannot be used as given.
     * @throws RefusedException when no node answered in time: it says what was tried and what came back.
     * @throws FailedException  when a node answered that it never will work as asked.
     */
    public static GridClient connect(final GridClientContext context)
    {
        context.conclude();
        throw new RefusedException(ErrorCode.NOT_CONNECTED,
            "no way to " + context.get(ClientSettings.CONNECT) + " is known to this version; nothing was done");
    }

    /**
     * @return the grid, always the same object; it fails once the client is closed.
     */
    public Grid grid()
    {
        return grid;
    }

    /**
     * @return the configuration, concluded.
     */
    public GridClientContext context()
    {
        return context;
    }

    /**
     * Was it closed?
     *
     * @return true if no call will work any more.
     */
    public boolean isClosed()
    {
        return grid.isClosed();
    }

    /**
     * Tell the node goodbye and give everything back. Calls that wait come to their end. Safe to call twice and from
     * any thread; only the first call closes.
     */
    @Override
    public void close()
    {
        grid.close();
    }
}
