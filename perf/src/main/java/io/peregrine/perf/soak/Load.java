package io.peregrine.perf.soak;

import io.peregrine.client.Codecs;
import io.peregrine.client.Expiry;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridClientContext;
import io.peregrine.client.GridException;
import io.peregrine.client.GridMap;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the clients do, and how often it went wrong. Any thread.
 */
final class Load
{
    private static final int KEYS = 50_000;
    private static final int LONG_VALUE = 20_000;
    private static final Duration TTL = Duration.ofSeconds(2);

    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong clients = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private final String address;
    private volatile boolean isOver;
    private volatile String lastFault = "";

    Load(final String address)
    {
        this.address = address;
    }

    long calls()
    {
        return calls.get();
    }

    long clients()
    {
        return clients.get();
    }

    long wrong()
    {
        return wrong.get();
    }

    String lastFault()
    {
        return lastFault;
    }

    void end()
    {
        isOver = true;
    }

    GridClient connect(final String name)
    {
        clients.incrementAndGet();
        return GridClient.connect(new GridClientContext().connect(address).name(name));
    }

    /**
     * Reads and writes of one thread by a client that stays, to the end.
     */
    void stay(final GridClient client, final int number)
    {
        final SplittableRandom random = new SplittableRandom(number);
        final GridMap<String, String> map = client.grid().map("soak", Codecs.STRING, Codecs.STRING);
        while (!isOver)
        {
            guarded(() -> step(map, random));
        }
    }

    /**
     * Clients that come, do something by one thread or by two, and go, one after the other, to the end.
     */
    void comeAndGo(final int number)
    {
        final SplittableRandom random = new SplittableRandom(1_000 + number);
        while (!isOver)
        {
            guarded(() -> visit(random));
        }
    }

    private void visit(final SplittableRandom random)
    {
        try (GridClient client = connect("visitor"))
        {
            final GridMap<String, String> map = client.grid().map("soak", Codecs.STRING, Codecs.STRING);
            final int steps = random.nextInt(1, 50);
            for (int i = 0; i < steps && !isOver; i++)
            {
                step(map, random);
            }
            final GridMap<String, String> own = client.grid().map("own" + random.nextInt(8), Codecs.STRING,
                Codecs.STRING);
            own.async().set("k", "v").toCompletableFuture().join();
            if (random.nextInt(16) == 0)
            {
                own.destroy();
            }
        }
    }

    private void step(final GridMap<String, String> map, final SplittableRandom random)
    {
        final int number = random.nextInt(KEYS);
        final String key = "key" + number;
        switch (random.nextInt(8))
        {
            case 0:
                map.set(key, value(number));
                break;
            case 1:
                map.set(key, value(number), Expiry.after(TTL));
                break;
            case 2:
                map.delete(key);
                break;
            default:
                final String value = map.get(key);
                if (value != null && !value.equals(value(number)))
                {
                    fault("a wrong value of " + key);
                }
                break;
        }
        calls.incrementAndGet();
    }

    /**
     * Most are short; some go in pieces.
     */
    private static String value(final int number)
    {
        return number % 1_000 == 0 ? ("v" + number).repeat(LONG_VALUE / 8) : "value of " + number;
    }

    private void guarded(final Runnable work)
    {
        try
        {
            work.run();
        }
        catch (final GridException | CompletionException ex)
        {
            if (!(ex.getMessage().contains("DESTROYED")))
            {
                fault(ex.toString());
            }
        }
    }

    private void fault(final String what)
    {
        wrong.incrementAndGet();
        lastFault = what;
    }
}
