package io.peregrine.node.partition;

import io.peregrine.storage.memory.MemoryBudget;
import io.peregrine.storage.memory.PagePool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HeldPagesTest
{
    private final PagePool pool = new PagePool(new MemoryBudget(64L << 20));
    private final HeldPages held = new HeldPages(pool);

    @AfterEach
    void close()
    {
        pool.closeNow();
    }

    @Test
    void shouldHoldWhatIsNotReleasedWhenEntriesComeAndGo()
    {
        final Random random = new Random(3);
        final Deque<Integer> model = new ArrayDeque<>();
        int all = 0;
        for (int i = 0; i < 10_000; i++)
        {
            switch (random.nextInt(8))
            {
                case 0, 1, 2, 3 ->
                {
                    final int pages = random.nextInt(4);
                    if (pool.reserve(pages))
                    {
                        held.add(pages);
                        model.addLast(pages);
                        all += pages;
                    }
                }
                case 4, 5, 6 ->
                {
                    if (!model.isEmpty())
                    {
                        held.releaseFirst();
                        all -= model.removeFirst();
                    }
                }
                default ->
                {
                    final int left = model.size() - random.nextInt(3);
                    held.truncate(Math.max(0, left));
                    while (model.size() > Math.max(0, left))
                    {
                        all -= model.removeLast();
                    }
                }
            }
            assertEquals(model.size(), held.size());
            assertEquals(all, held.pages());
            assertEquals(all, pool.regions() * PagePool.REGION_PAGES - pool.freePages());
        }
        held.truncate(0);
        assertTrue(pool.regions() > 0);
        assertEquals(pool.regions() * PagePool.REGION_PAGES, pool.freePages());
    }
}
