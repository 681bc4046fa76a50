package io.peregrine.client;

import io.peregrine.client.port.RequestPort;

/**
 * Makes a grid of a way to its data agents, for whoever carries requests: the embedded node, a connection.
 */
public final class Grids
{
    private Grids()
    {
    }

    /**
     * A grid over a port. Closing the grid does not close the port.
     *
     * @param port      to send requests by.
     * @param timeoutNs how long a call waits for its answer, in nanoseconds.
     * @param closeNs   how long closing waits until what is held is let go of, in nanoseconds.
     * @return a grid.
     */
    public static Grid over(final RequestPort port, final long timeoutNs, final long closeNs)
    {
        if (timeoutNs <= 0 || timeoutNs > Durations.MAX)
        {
            throw Errors.failed(
                ErrorCode.ARGUMENT_INVALID, "call timeout " + timeoutNs + " ns is not 1 to " + Durations.MAX);
        }
        return new PortGrid(port, timeoutNs, closeNs);
    }

    /**
     * Have a grid let go of what it holds, for at most the time that closing it may wait, before its port ends. Nothing
     * is given to its callers any more; all other calls are carried out yet. Any thread.
     *
     * @param grid made here.
     */
    public static void letGo(final Grid grid)
    {
        ((PortGrid) grid).letGo();
    }
}
