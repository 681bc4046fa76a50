package io.peregrine.perf.process;

import io.peregrine.client.ClientSettings;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What the children of a benchmark share.
 */
public final class ChildMain
{
    private static final long YIELDS = 1_000;
    private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(4);

    private ChildMain()
    {
    }

    /**
     * The idle strategy of both sides and both ends: as the node's and the client's by default (see
     * {@link ClientSettings#IDLE}), but with longer sleeps once nothing has come for a while, so that the side without
     * a turn takes hardly any time from the other.
     *
     * @return for one thread.
     */
    public static IdleStrategy idle()
    {
        return new BackoffIdleStrategy(0, YIELDS, MIN_PARK_NS, MAX_PARK_NS);
    }

    /**
     * Read the lines of the parent until it closes the stream or ends.
     *
     * @param consumer of them.
     * @throws IOException when they cannot be read.
     */
    public static void listen(final Consumer<String> consumer) throws IOException
    {
        final BufferedReader parent = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = parent.readLine(); line != null; line = parent.readLine())
        {
            consumer.accept(line);
        }
    }

    /**
     * Tell the parent.
     *
     * @param line without its end.
     */
    public static void say(final String line)
    {
        System.out.println(line);
        System.out.flush();
    }
}
