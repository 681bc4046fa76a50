package io.peregrine.node.remote;

import io.peregrine.client.Codecs;
import io.peregrine.client.ErrorCode;
import io.peregrine.client.FailedException;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridMap;
import io.peregrine.client.LockLease;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process that holds a lock for a short time and writes as its holder, once at once and once when it is told to.
 */
final class ChildHolder
{
    static final String READY = "ready";
    static final String LOCK = "book";
    static final String MAP = "orders";
    static final String KEY = "7";
    static final Duration LEASE = Duration.ofMillis(800);

    private static final long LIMIT_S = 60;

    private ChildHolder()
    {
    }

    /**
     * @param args address of the node, and its live directory.
     */
    public static void main(final String[] args) throws IOException
    {
        try (GridClient client = GridClient.connect(Children.context(args[0], args[1])))
        {
            final GridMap<String, String> map = client.grid().map(MAP, Codecs.STRING, Codecs.STRING);
            final LockLease lease = client.grid().lock(LOCK).acquire(LEASE);
            map.put(KEY, "first", lease);
            System.out.println(READY);
            System.in.read();
            final ErrorCode refused = write(map, lease);
            final boolean isHeld = lease.isHeld();
            final CompletableFuture<LockLease> lost = new CompletableFuture<>();
            lease.onLost(lost::complete);
            lost.orTimeout(LIMIT_S, TimeUnit.SECONDS).join();
            System.out.println(result(refused, isHeld, write(map, lease)));
        }
    }

    /**
     * What it says in the end, when it was told that the lock was lost.
     */
    static String result(final ErrorCode refused, final boolean isHeld, final ErrorCode then)
    {
        return "refused " + refused + " held " + isHeld + " then " + then;
    }

    private static ErrorCode write(final GridMap<String, String> map, final LockLease lease)
    {
        try
        {
            map.put(KEY, "late", lease);
            return null;
        }
        catch (final FailedException ex)
        {
            return ex.code();
        }
    }
}
