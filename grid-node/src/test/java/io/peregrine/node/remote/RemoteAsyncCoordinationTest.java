package io.peregrine.node.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.client.AsyncGridElection;
import io.peregrine.client.AsyncGridSequence;
import io.peregrine.client.ElectionTerm;
import io.peregrine.client.ErrorCode;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Elections and sequences of two clients that are connected over the network, without waiting.
 */
@Timeout(300)
class RemoteAsyncCoordinationTest
{
    private static final Duration LONG = Duration.ofHours(1);
    private static final int BLOCK = 3;
    /**
     * Whole blocks, so that none is left when numbers are skipped.
     */
    private static final int MANY = 100 * BLOCK;

    private final Served served = new Served();
    private final GridClient first = served.connect();
    private final GridClient second = served.connect();

    @AfterEach
    void close()
    {
        first.close();
        second.close();
        served.close();
    }

    private static <T> T join(final CompletionStage<T> stage)
    {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static AsyncGridElection election(final GridClient of)
    {
        return of.grid().election("book", LONG).async();
    }

    @Test
    void shouldElectTheNextOfAnotherClientWhoHasNotCancelled()
    {
        final ElectionTerm ada = join(election(first).campaign("ada"));
        assertNull(join(election(second).campaign("bob", Duration.ZERO)));
        assertEquals("ada", join(election(second).leader()).candidate());
        final CompletionStage<ElectionTerm> cancelled = election(second).campaign("carl");
        final CompletionStage<ElectionTerm> next = election(second).campaign("bob");
        assertTrue(cancelled.toCompletableFuture().cancel(true));
        join(election(first).resign(ada));
        final ElectionTerm bob = join(next);
        assertTrue(bob.fence() > ada.fence());
        assertEquals("bob", join(election(first).leader()).candidate());
        assertEquals(bob.fence(), join(election(first).leader()).fence());
        final CompletionStage<ElectionTerm> last = election(first).campaign("eve");
        assertFalse(last.toCompletableFuture().isDone());
        assertTrue(join(election(first).depose()));
        assertTrue(join(last).fence() > bob.fence());
        final CompletionException ex =
            assertThrows(CompletionException.class, () -> join(election(second).resign(bob)));
        assertEquals(ErrorCode.NOT_HOLDER, ((GridException) ex.getCause()).code());
    }

    @Test
    void shouldElectTheNextWhenTheClientThatLeadsIsClosed()
    {
        final ElectionTerm ada = join(election(first).campaign("ada"));
        final CompletionStage<ElectionTerm> next = election(second).campaign("bob");
        final CompletionStage<ElectionTerm> own = election(first).campaign("adele");
        first.close();
        assertTrue(join(next).fence() > ada.fence());
        assertEquals("bob", join(election(second).leader()).candidate());
        final CompletionException ex = assertThrows(CompletionException.class, () -> join(own));
        assertEquals(ErrorCode.CLOSED, ((GridException) ex.getCause()).code());
    }

    @Test
    void shouldNumberForBothWithoutGivingOneTwice()
    {
        final AsyncGridSequence one = first.grid().sequence("orders", BLOCK).async();
        final AsyncGridSequence other = second.grid().sequence("orders").async();
        final List<CompletionStage<Long>> ofOne = new ArrayList<>();
        final List<CompletionStage<Long>> ofOther = new ArrayList<>();
        for (int i = 0; i < MANY; i++)
        {
            ofOne.add(one.next());
            ofOther.add(other.next());
        }
        final Set<Long> given = new HashSet<>(rising(ofOne));
        given.addAll(rising(ofOther));
        assertEquals(2 * MANY, given.size());
        join(one.skipTo(100_000));
        assertTrue(join(other.next()) > 100_000);
        assertTrue(join(one.next()) > 100_000);
    }

    private static List<Long> rising(final List<CompletionStage<Long>> stages)
    {
        final List<Long> numbers = stages.stream().map(RemoteAsyncCoordinationTest::join).toList();
        assertEquals(numbers.stream().sorted().toList(), numbers);
        return numbers;
    }
}
