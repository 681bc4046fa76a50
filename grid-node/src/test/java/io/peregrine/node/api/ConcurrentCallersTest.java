package io.peregrine.node.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.peregrine.client.AsyncGridMap;
import io.peregrine.client.Codecs;
import io.peregrine.client.Grid;
import io.peregrine.client.GridMap;
import io.peregrine.client.When;
import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many threads on the same entries of one node: nothing is lost and nothing happens twice.
 */
@Timeout(120)
class ConcurrentCallersTest
{
    private static final int THREADS = 4;
    private static final int CALLS = 2_000;

    private final GridNode node = GridNode.launch(Nodes.context(Threading.INLINE).agents(2));
    private final Grid grid = node.grid();
    private final GridMap<String, Long> map = grid.map("m", Codecs.STRING, Codecs.LONG);

    @AfterEach
    void close()
    {
        node.close();
    }

    @Test
    void shouldLoseNoAddition() throws InterruptedException
    {
        run((thread) ->
        {
            for (int i = 0; i < CALLS; i++)
            {
                map.addAndGet("n" + i % 10, 1);
            }
        });
        long sum = 0;
        for (final long value : map.values())
        {
            sum += value;
        }
        assertEquals(THREADS * CALLS, sum);
    }

    @Test
    void shouldLoseNoChangeMadeByAFunction() throws InterruptedException
    {
        run((thread) ->
        {
            for (int i = 0; i < CALLS / 4; i++)
            {
                map.merge("n", 1L, Long::sum);
                map.compute("m", (key, value) -> value == null ? 1 : value + 1);
            }
        });
        assertEquals(THREADS * CALLS / 4, map.get("n"));
        assertEquals(THREADS * CALLS / 4, map.get("m"));
    }

    @Test
    void shouldLetOneThreadWinEachEntry() throws InterruptedException
    {
        final AtomicInteger won = new AtomicInteger();
        final AtomicInteger removed = new AtomicInteger();
        run((thread) ->
        {
            for (int i = 0; i < CALLS; i++)
            {
                won.addAndGet(map.putIfAbsent("k" + i, (long) thread) == null ? 1 : 0);
            }
        });
        run((thread) ->
        {
            for (int i = 0; i < CALLS; i++)
            {
                removed.addAndGet(map.delete("k" + i) ? 1 : 0);
            }
        });
        assertEquals(CALLS, won.get());
        assertEquals(CALLS, removed.get());
    }

    @Test
    void shouldMoveMoneyByBatchesWithoutMakingOrLosingAny() throws InterruptedException
    {
        map.set("{bank}a", 1_000L);
        map.set("{bank}b", 1_000L);
        run((thread) ->
        {
            for (int i = 0; i < CALLS / 4; i++)
            {
                final long seen = map.get("{bank}a");
                grid.batch()
                    .check(map, "{bank}a", When.value(seen))
                    .add(map, "{bank}a", thread - 2)
                    .add(map, "{bank}b", 2 - thread)
                    .execute();
            }
        });
        assertEquals(2_000, map.get("{bank}a") + map.get("{bank}b"));
    }

    @Test
    void shouldCompleteEveryStageInOrder()
    {
        final AsyncGridMap<String, Long> async = map.async();
        final List<CompletionStage<Long>> stages = new ArrayList<>();
        for (int i = 0; i < CALLS; i++)
        {
            stages.add(async.addAndGet("n", 1));
        }
        for (int i = 0; i < CALLS; i++)
        {
            assertEquals(
                i + 1, stages.get(i).toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join());
        }
    }

    private static void run(final Work work) throws InterruptedException
    {
        final AtomicReference<Throwable> wrong = new AtomicReference<>();
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++)
        {
            final int number = i;
            threads.add(new Thread(() ->
            {
                try
                {
                    work.run(number);
                }
                catch (final Throwable ex)
                {
                    wrong.set(ex);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (final Thread thread : threads)
        {
            thread.join();
        }
        assertNull(wrong.get());
    }

    private interface Work
    {
        void run(int thread);
    }
}
