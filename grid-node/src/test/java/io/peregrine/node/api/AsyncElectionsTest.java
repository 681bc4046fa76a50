package io.peregrine.node.api;

import io.peregrine.client.AsyncGridElection;
import io.peregrine.client.Codecs;
import io.peregrine.client.ElectionTerm;
import io.peregrine.client.ErrorCode;
import io.peregrine.client.FailedException;
import io.peregrine.client.Grid;
import io.peregrine.client.GridElection;
import io.peregrine.client.GridMap;
import io.peregrine.client.LockLease;
import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import static io.peregrine.node.api.Apis.assertThrowsCode;
import static io.peregrine.node.api.AsyncLocksTest.code;
import static io.peregrine.node.api.AsyncLocksTest.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Elections of an embedded node, without waiting.
 */
@Timeout(180)
class AsyncElectionsTest
{
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(5);
    /**
     * More than a partition remembers.
     */
    private static final int MANY_LOCKS = 1025;

    private final GridNode node = GridNode.launch(Nodes.context(Threading.INLINE));
    private final Grid grid = node.grid();
    private final GridElection election = grid.election("book", LONG);
    private final AsyncGridElection async = election.async();

    @AfterEach
    void close()
    {
        node.close();
    }

    @Test
    void shouldElectOneAtATimeAndSayWhoLeads()
    {
        assertNull(get(async.leader()));
        final ElectionTerm first = get(async.campaign("a"));
        assertTrue(first.isLeader());
        assertEquals("a", get(async.leader()).candidate());
        assertEquals(first.fence(), get(async.leader()).fence());
        assertNull(get(async.campaign("b", SOON)));
        final CompletionStage<ElectionTerm> next = async.campaign("c");
        get(async.resign(first));
        assertFalse(first.isLeader());
        assertEquals(ErrorCode.NOT_HOLDER, code(async.resign(first)));
        final ElectionTerm second = get(next);
        assertTrue(second.fence() > first.fence());
        assertEquals("c", election.leader().candidate());
        assertTrue(get(async.depose()));
        assertFalse(get(async.depose()));
        assertEquals(ErrorCode.NOT_HOLDER, code(async.resign(second)));
        assertThrowsCode(FailedException.class, ErrorCode.NAME_INVALID, () -> async.campaign(""));
        assertThrowsCode(
            FailedException.class, ErrorCode.EXPIRY_INVALID, () -> async.campaign("a", Duration.ofNanos(-1)));
    }

    @Test
    void shouldElectInTheOrderOfAsking()
    {
        final ElectionTerm first = get(async.campaign("first"));
        final List<String> order = Collections.synchronizedList(new ArrayList<>());
        final List<CompletionStage<Void>> done = new ArrayList<>();
        final List<String> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++)
        {
            final String name = "candidate-" + i;
            expected.add(name);
            done.add(async.campaign(name).thenCompose((term) -> async.leader().thenCompose((leader) ->
            {
                order.add(leader.candidate());
                return async.resign(term);
            })));
        }
        first.resign();
        done.forEach(AsyncLocksTest::get);
        assertEquals(expected, order);
        assertNull(election.leader());
    }

    @Test
    void shouldEndCampaignsWhenTheGridIsClosed()
    {
        final ElectionTerm first = get(async.campaign("first"));
        final List<CompletionStage<ElectionTerm>> campaigns = new ArrayList<>();
        for (int i = 0; i < 50; i++)
        {
            campaigns.add(async.campaign("later"));
            campaigns.add(grid.election("other", LONG).async().campaign("one of many"));
        }
        first.resign();
        node.close();
        int ended = 0;
        for (final CompletionStage<ElectionTerm> campaign : campaigns)
        {
            ended += campaign.handle((term, error) -> 1).toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
        }
        assertEquals(campaigns.size(), ended);
        assertEquals(ErrorCode.CLOSED, code(async.campaign("too late")));
    }

    /**
     * Between election and the writing of the name, more locks write to the partition than it remembers, with higher
     * fences. The term goes on with a higher one: who was elected does not get in line again.
     */
    @Test
    void shouldLeadWithAHigherFenceWhereTheStoreHasForgottenTheElection()
    {
        final AsyncGridElection forgotten = grid.election("{book}", LONG).async();
        final GridMap<String, Long> map = grid.map("orders", Codecs.STRING, Codecs.LONG);
        final ElectionTerm first = get(forgotten.campaign("first"));
        final CompletionStage<ElectionTerm> second = forgotten.campaign("second");
        final CompletionStage<ElectionTerm> third = forgotten.campaign("third");
        final CompletableFuture<Void> isHeldUp = new CompletableFuture<>();
        final CompletableFuture<Void> mayGoOn = new CompletableFuture<>();
        forgotten.leader().thenAcceptAsync((leader) ->
        {
            isHeldUp.complete(null);
            mayGoOn.join();
        });
        get(isHeldUp);
        first.resign();
        long highest = 0;
        for (int i = 0; i < MANY_LOCKS; i++)
        {
            final LockLease lease = grid.lock("{book}" + i).acquire(LONG);
            map.set("{book}", 1L, lease);
            highest = lease.fence();
        }
        mayGoOn.complete(null);
        final ElectionTerm term = get(second);
        assertTrue(term.isLeader());
        assertTrue(term.fence() > highest);
        assertFalse(third.toCompletableFuture().isDone());
        assertEquals("second", get(forgotten.leader()).candidate());
        assertEquals(term.fence(), get(forgotten.leader()).fence());
        map.set("{book}", 2L, term.lease());
    }

    /**
     * Whenever it is cancelled: unsent, in line, elected, or while its name is written.
     */
    @Test
    void shouldHaveNobodyLeadWhoHasCancelled()
    {
        for (int i = 0; i < 200; i++)
        {
            final CompletableFuture<ElectionTerm> one = async.campaign("one").toCompletableFuture();
            final CompletableFuture<ElectionTerm> other = async.campaign("other").toCompletableFuture();
            for (int spins = 0; spins < i * 100; spins++)
            {
                Thread.onSpinWait();
            }
            if (!one.cancel(true))
            {
                get(async.resign(get(one)));
            }
            get(async.resign(get(other)));
        }
        try (ElectionTerm last = election.campaign("last", Duration.ofSeconds(TimeUnit.MINUTES.toSeconds(1))))
        {
            assertTrue(last.isLeader());
        }
        assertNull(election.leader());
    }
}
