package io.peregrine.node.remote;

import io.peregrine.client.ClientSettings;
import io.peregrine.client.Grid;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridException;

import java.io.IOException;
import java.time.Duration;

/**
 * A client in a process of its own, which holds locks of many partitions and waits for one more until its input ends.
 * Then it is closed, and lets go of none of them by itself.
 */
public final class ChildLeaver
{
    static final String READY = "ready";
    static final String WANTED = "wanted";
    static final int LOCKS = 24;

    private static final long PATIENCE_NS = 60_000_000_000L;

    private ChildLeaver()
    {
    }

    static String name(final int number)
    {
        return "held-" + number;
    }

    /**
     * @param args address, live directory.
     * @throws IOException          if its input cannot be read.
     * @throws InterruptedException when it is interrupted.
     */
    public static void main(final String[] args) throws IOException, InterruptedException
    {
        final Duration lease = Duration.ofHours(1);
        final Thread waiter;
        try (GridClient client = GridClient.connect(
            Children.context(args[0], args[1]).set(ClientSettings.CLOSE_TIMEOUT, PATIENCE_NS)))
        {
            final Grid grid = client.grid();
            for (int i = 0; i < LOCKS; i++)
            {
                grid.lock(name(i)).acquire(lease);
            }
            waiter = new Thread(() -> waitInVain(grid, lease));
            waiter.start();
            System.out.println(READY);
            System.in.readAllBytes();
        }
        waiter.join();
    }

    private static void waitInVain(final Grid grid, final Duration lease)
    {
        try
        {
            grid.lock(WANTED).acquire(lease);
            System.out.println("given what is held by another");
        }
        catch (final GridException ex)
        {
            System.out.println(ex.code());
        }
    }
}
