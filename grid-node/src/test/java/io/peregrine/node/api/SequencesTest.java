package io.peregrine.node.api;

import io.peregrine.client.ErrorCode;
import io.peregrine.client.FailedException;
import io.peregrine.client.Grid;
import io.peregrine.client.GridSequence;
import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static io.peregrine.node.api.Apis.assertThrowsCode;
import static io.peregrine.node.api.AsyncLocksTest.code;
import static io.peregrine.node.api.AsyncLocksTest.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Sequences of an embedded node.
 */
@Timeout(180)
class SequencesTest
{
    private static final int THREADS = 4;
    private static final int EACH = 200;

    private final GridNode node = GridNode.launch(Nodes.context(Threading.INLINE));
    private final Grid grid = node.grid();

    @AfterEach
    void close()
    {
        node.close();
    }

    @Test
    void shouldGiveNumbersInTheOrderOfAskingWithoutBlocks()
    {
        final GridSequence one = grid.sequence("orders");
        final GridSequence two = grid.sequence("orders");
        assertEquals("orders", one.name());
        assertEquals(1, one.block());
        for (long i = 1; i < 20; i += 2)
        {
            assertEquals(i, one.next());
            assertEquals(i + 1, two.next());
        }
        assertEquals(1, grid.sequence("other").next());
        assertEquals(0, grid.counter("orders").get());
    }

    @Test
    void shouldGiveNumbersOnceAndInTheOrderOfAskingWithoutWaiting()
    {
        for (final int block : new int[] {1, 7, 1000})
        {
            final GridSequence sequence = grid.sequence("of " + block, block);
            final List<CompletionStage<Long>> stages = new ArrayList<>();
            for (int i = 0; i < 500; i++)
            {
                stages.add(sequence.async().next());
            }
            for (int i = 0; i < 500; i++)
            {
                assertEquals(i + 1, get(stages.get(i)));
            }
            final long between = sequence.next();
            assertTrue(between > 500);
            get(sequence.async().skipTo(5000));
            assertTrue(get(grid.sequence("of " + block).async().next()) > 5000);
            assertThrowsCode(
                FailedException.class, ErrorCode.ARGUMENT_INVALID, () -> sequence.async().skipTo(-1));
        }
        grid.sequence("full").skipTo(Long.MAX_VALUE);
        assertEquals(ErrorCode.OVERFLOW, code(grid.sequence("full", 10).async().next()));
        assertEquals(ErrorCode.OVERFLOW, code(grid.sequence("full").async().next()));
    }

    @Test
    void shouldTakeBlocksAndLeaveOutWhatIsNotUsed()
    {
        final GridSequence one = grid.sequence("orders", 10);
        assertEquals(1, one.next());
        final GridSequence two = grid.sequence("orders", 3);
        assertEquals(11, two.next());
        assertEquals(12, two.next());
        for (int i = 2; i <= 10; i++)
        {
            assertEquals(i, one.next());
        }
        assertEquals(14, one.next());
        assertEquals(13, two.next());
        assertEquals(24, two.next());
    }

    @Test
    void shouldGiveEachNumberOnceToManyThreads() throws InterruptedException, ExecutionException
    {
        final ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try
        {
            final Set<Long> given = ConcurrentHashMap.newKeySet();
            final GridSequence shared = grid.sequence("orders", 7);
            final List<Callable<Void>> calls = IntStream.range(0, THREADS).<Callable<Void>>mapToObj((thread) -> () ->
            {
                final GridSequence own = grid.sequence("orders", thread + 1);
                long lastShared = 0;
                long lastOwn = 0;
                for (int i = 0; i < EACH; i++)
                {
                    final long ofShared = shared.next();
                    final long ofOwn = own.next();
                    assertTrue(ofShared > lastShared && ofOwn > lastOwn, "numbers rise");
                    assertTrue(given.add(ofShared) && given.add(ofOwn), () -> "given twice to " + thread);
                    lastShared = ofShared;
                    lastOwn = ofOwn;
                }
                return null;
            }).toList();
            for (final Future<Void> call : executor.invokeAll(calls))
            {
                call.get();
            }
            assertEquals(2 * THREADS * EACH, given.size());
        }
        finally
        {
            executor.shutdownNow();
        }
    }

    @Test
    void shouldSkipForwardOnly()
    {
        final GridSequence orders = grid.sequence("orders");
        orders.skipTo(1000);
        assertEquals(1001, orders.next());
        orders.skipTo(10);
        assertEquals(1002, orders.next());
        assertThrowsCode(FailedException.class, ErrorCode.ARGUMENT_INVALID, () -> orders.skipTo(-1));
        orders.skipTo(Long.MAX_VALUE - 1);
        assertThrowsCode(FailedException.class, ErrorCode.OVERFLOW, () -> grid.sequence("orders", 2).next());
        assertEquals(Long.MAX_VALUE, orders.next());
        assertThrowsCode(FailedException.class, ErrorCode.OVERFLOW, orders::next);
    }

    @Test
    void shouldRefuseBlocksAndNamesThatCannotBe()
    {
        assertThrowsCode(FailedException.class, ErrorCode.ARGUMENT_INVALID, () -> grid.sequence("orders", 0));
        assertThrowsCode(FailedException.class, ErrorCode.ARGUMENT_INVALID, () -> grid.sequence("orders", -1));
        assertThrowsCode(FailedException.class, ErrorCode.NAME_INVALID, () -> grid.sequence(""));
        assertEquals(1, grid.sequence("orders", Integer.MAX_VALUE).next());
        assertEquals(1L + Integer.MAX_VALUE, grid.sequence("orders").next());
    }
}
