package io.peregrine.node.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.client.Codecs;
import io.peregrine.client.Driving;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridException;
import io.peregrine.client.GridMap;
import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class GridClientLifeTest
{
    private static final int THREADS = 4;
    private static final int TIMES = 100;

    @ParameterizedTest
    @CsvSource({"1, CALLER, false", "1, AGENT, false", "2, CALLER, false", "2, CALLER, true", "2, AGENT, true"})
    void shouldServeManyThreadsOfOneClient(final int agents, final Driving driving, final boolean ipc) throws Exception
    {
        try (Served served = new Served((context) -> context.partitions(16).agents(agents));
            GridClient client = GridClient.connect(served.context(ipc).driving(driving)))
        {
            final List<Counting> all = new ArrayList<>();
            final List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++)
            {
                final Counting counting = new Counting(client.grid(), "key-" + i, false);
                all.add(counting);
                threads.add(new Thread(() ->
                {
                    while (counting.done() < TIMES)
                    {
                        counting.step();
                    }
                }));
            }
            threads.forEach(Thread::start);
            final GridMap<Long, String> map = client.grid().map("map", Codecs.LONG, Codecs.STRING);
            final Map<Long, String> entries = new HashMap<>();
            for (long i = 0; i < 1_000; i++)
            {
                entries.put(i, "value " + i);
            }
            map.putAll(entries);
            assertEquals(entries, map.getAll(entries.keySet()));
            assertEquals(1_000, map.size());
            for (final Thread thread : threads)
            {
                thread.join();
            }
            final GridMap<String, Long> sums = client.grid().map("counting", Codecs.STRING, Codecs.LONG);
            for (int i = 0; i < THREADS; i++)
            {
                assertNull(all.get(i).failure());
                assertEquals(TIMES, sums.get("key-" + i));
            }
        }
    }

    @Test
    void shouldGiveEverythingBackWhenClientsComeAndGo()
    {
        try (Served served = new Served())
        {
            for (int i = 0; i < 10; i++)
            {
                try (GridClient client = served.connect(i % 2 == 1))
                {
                    client.grid().map("map", Codecs.STRING, Codecs.STRING).put("key", "value");
                }
            }
            Served.await("the end of threads", () -> clientThreads() == 0);
            final String[] left = new File(served.liveDirectory()).list((dir, name) -> name.startsWith("client-"));
            assertEquals(0, left.length);
        }
    }

    @Test
    void shouldEndEveryCallWhenTheClientIsClosedMeanwhile() throws Exception
    {
        try (Served served = new Served())
        {
            final GridClient client = served.connect();
            final GridMap<String, Long> map = client.grid().map("map", Codecs.STRING, Codecs.LONG);
            final AtomicInteger begun = new AtomicInteger();
            final List<Throwable> ends = new ArrayList<>();
            final List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++)
            {
                final String key = "key-" + i;
                threads.add(new Thread(() ->
                {
                    try
                    {
                        while (map.addAndGet(key, 1) > 0)
                        {
                            begun.incrementAndGet();
                        }
                    }
                    catch (final Throwable ex)
                    {
                        synchronized (ends)
                        {
                            ends.add(ex);
                        }
                    }
                }));
            }
            threads.forEach(Thread::start);
            Served.await("work", () -> begun.get() > 200);
            client.close();
            for (final Thread thread : threads)
            {
                thread.join();
            }
            assertEquals(THREADS, ends.size());
            ends.forEach((end) -> assertTrue(end instanceof GridException, end::toString));
            Served.await("the end of threads", () -> clientThreads() == 0);
        }
    }

    private static long clientThreads()
    {
        return Thread.getAllStackTraces().keySet().stream()
            .filter((thread) -> thread.getName().equals("peregrine-client"))
            .count();
    }
}
