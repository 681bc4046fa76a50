package io.peregrine.node.remote;

import io.peregrine.client.GridClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A client in a process of its own, which counts with several threads.
 */
public final class ChildClient
{
    static final String READY = "ready";

    private ChildClient()
    {
    }

    /**
     * Counts until it has, or until its input ends; says what it did then.
     *
     * @param args address, live directory, prefix of the keys, threads, how often each adds.
     * @throws InterruptedException when it is interrupted.
     */
    public static void main(final String[] args) throws InterruptedException
    {
        final int threads = Integer.parseInt(args[3]);
        final int times = Integer.parseInt(args[4]);
        try (GridClient client = GridClient.connect(Children.context(args[0], args[1])))
        {
            System.out.println(READY);
            final List<Counting> all = new ArrayList<>();
            final List<Thread> running = new ArrayList<>();
            for (int i = 0; i < threads; i++)
            {
                final Counting counting = new Counting(client.grid(), args[2] + i, false);
                all.add(counting);
                final Thread thread = new Thread(() -> counting.run(times));
                running.add(thread);
                thread.start();
            }
            stopAtEndOfInput(all);
            for (final Thread thread : running)
            {
                thread.join();
            }
            all.stream().map(Counting::failure).filter(Objects::nonNull).forEach(System.out::println);
            System.out.println(result(
                all.stream().mapToLong(Counting::done).sum(), all.stream().mapToLong(Counting::unknown).sum()));
        }
    }

    /**
     * What it says at its end when nothing was wrong.
     */
    static String result(final long done, final long unknown)
    {
        return "done " + done + " unknown " + unknown;
    }

    private static void stopAtEndOfInput(final List<Counting> all)
    {
        final Thread thread = new Thread(() ->
        {
            try
            {
                System.in.readAllBytes();
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
            all.forEach(Counting::stop);
        });
        thread.setDaemon(true);
        thread.start();
    }
}
