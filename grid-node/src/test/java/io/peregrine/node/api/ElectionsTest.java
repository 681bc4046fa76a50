package io.peregrine.node.api;

import io.peregrine.client.Candidacy;
import io.peregrine.client.Codecs;
import io.peregrine.client.ElectionLeader;
import io.peregrine.client.ElectionListener;
import io.peregrine.client.ElectionTerm;
import io.peregrine.client.ErrorCode;
import io.peregrine.client.FailedException;
import io.peregrine.client.Grid;
import io.peregrine.client.GridElection;
import io.peregrine.client.GridMap;
import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static io.peregrine.node.api.Apis.assertThrowsCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Elections of an embedded node.
 */
@Timeout(180)
class ElectionsTest
{
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(5);
    private static final long LIMIT_S = 60;

    private final GridNode node = GridNode.launch(Nodes.context(Threading.INLINE));
    private final Grid grid = node.grid();
    private final GridElection election = grid.election("book", LONG);

    @AfterEach
    void close()
    {
        node.close();
    }

    /**
     * What one candidacy was told, for the thread of the test.
     */
    private static final class Told implements ElectionListener
    {
        private final BlockingQueue<ElectionTerm> elected = new LinkedBlockingQueue<>();
        private final BlockingQueue<ElectionTerm> deposed = new LinkedBlockingQueue<>();
        private final boolean isFaulty;

        Told(final boolean isFaulty)
        {
            this.isFaulty = isFaulty;
        }

        @Override
        public void onElected(final ElectionTerm term)
        {
            elected.add(term);
            if (isFaulty)
            {
                throw new AssertionError("what a listener does wrong");
            }
        }

        @Override
        public void onDeposed(final ElectionTerm term)
        {
            deposed.add(term);
        }

        private static ElectionTerm next(final BlockingQueue<ElectionTerm> events) throws InterruptedException
        {
            final ElectionTerm term = events.poll(LIMIT_S, TimeUnit.SECONDS);
            assertNotNull(term, "nothing was told");
            return term;
        }
    }

    /**
     * End terms until another leads: where nothing ran here for long, whoever was deposed may have been elected again.
     */
    private ElectionTerm deposeUntilElected(final Told told) throws InterruptedException
    {
        final long startNs = System.nanoTime();
        ElectionTerm term = told.elected.poll(1, TimeUnit.SECONDS);
        while (term == null)
        {
            assertTrue(System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(LIMIT_S), "never elected");
            election.depose();
            term = told.elected.poll(1, TimeUnit.SECONDS);
        }
        return term;
    }

    @Test
    void shouldElectOneAtATimeAndNameIt()
    {
        assertEquals("book", election.name());
        assertNull(election.leader());
        final ElectionTerm first = election.campaign("ada");
        assertTrue(first.isLeader());
        assertTrue(first.remaining().compareTo(LONG) < 0);
        final ElectionLeader leader = grid.election("book").leader();
        assertEquals("ada", leader.candidate());
        assertEquals(first.fence(), leader.fence());
        assertNull(election.campaign("bob", Duration.ZERO));
        assertNull(election.campaign("bob", SOON));
        assertNull(grid.election("other").leader());
        first.resign();
        assertFalse(first.isLeader());
        assertNull(election.leader());
        assertThrowsCode(FailedException.class, ErrorCode.NOT_HOLDER, first::resign);
        first.close();
        try (ElectionTerm second = election.campaign("bob", LONG))
        {
            assertTrue(second.fence() > first.fence());
            assertEquals("bob", election.leader().candidate());
        }
        assertNull(election.leader());
    }

    @Test
    void shouldRefuseWhatADeposedLeaderWrites()
    {
        final GridMap<String, String> orders = grid.map("orders", Codecs.STRING, Codecs.STRING);
        final ElectionTerm first = election.campaign("ada");
        orders.put("7", "by ada", first.lease());
        assertTrue(election.depose());
        assertFalse(election.depose());
        final ElectionTerm second = election.campaign("bob");
        assertEquals("bob", election.leader().candidate());
        orders.put("7", "by bob", second.lease());
        assertTrue(first.isLeader(), "it has not heard");
        assertThrowsCode(
            FailedException.class, ErrorCode.STALE_FENCE, () -> orders.put("7", "late", first.lease()));
        assertEquals("by bob", orders.get("7"));
        assertFalse(first.isLeader());
        assertTrue(second.isLeader());
    }

    @Test
    void shouldTellOfTheLossOfATerm() throws InterruptedException
    {
        final BlockingQueue<ElectionTerm> lost = new LinkedBlockingQueue<>();
        final ElectionTerm term = grid.election("book", Duration.ofMillis(600)).campaign("ada");
        term.onLost(lost::add);
        election.depose();
        assertEquals(term, Told.next(lost));
        assertFalse(term.isLeader());
    }

    @Test
    @SuppressWarnings("try")
    void shouldCampaignAgainAndAgainUntilItIsClosed() throws InterruptedException
    {
        final GridElection brief = grid.election("book", Duration.ofMillis(600));
        final Told ada = new Told(true);
        final Told bob = new Told(false);
        try (Candidacy first = brief.stand("ada", ada))
        {
            final ElectionTerm term = Told.next(ada.elected);
            try (Candidacy second = brief.stand("bob", bob))
            {
                term.close();
                assertEquals(term, Told.next(ada.deposed));
                final ElectionTerm ofBob = deposeUntilElected(bob);
                assertTrue(ofBob.fence() > term.fence());
                election.depose();
                assertEquals(ofBob, Told.next(bob.deposed));
            }
            assertTrue(Told.next(ada.elected).fence() > term.fence());
        }
        try (ElectionTerm last = election.campaign("eve"))
        {
            assertEquals("eve", election.leader().candidate());
        }
    }

    @Test
    void shouldAdoptATermOfElsewhere()
    {
        final ElectionTerm first = election.campaign("ada");
        final ElectionTerm adopted = grid.election("book").adopt(first.lease().holder(), first.fence());
        assertFalse(adopted.isLeader());
        adopted.lease().renew(LONG);
        assertTrue(adopted.isLeader());
        assertEquals("ada", election.leader().candidate());
        adopted.resign();
        assertThrowsCode(FailedException.class, ErrorCode.NOT_HOLDER, first::resign);
        assertNotNull(first.toString());
    }

    @Test
    void shouldRefuseWhatCannotBe()
    {
        for (final String name : List.of("", "x".repeat(201), "a\nb"))
        {
            assertThrowsCode(FailedException.class, ErrorCode.NAME_INVALID, () -> grid.election(name));
        }
        for (final String name : List.of("", "x".repeat(256), "a\nb"))
        {
            assertThrowsCode(FailedException.class, ErrorCode.NAME_INVALID, () -> election.campaign(name));
            assertThrowsCode(
                FailedException.class, ErrorCode.NAME_INVALID, () -> election.stand(name, new Told(false)));
        }
        assertThrows(NullPointerException.class, () -> election.stand("ada", null));
        for (final Duration lease : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofNanos(Long.MAX_VALUE)))
        {
            assertThrowsCode(FailedException.class, ErrorCode.EXPIRY_INVALID, () -> grid.election("book", lease));
        }
        assertThrowsCode(FailedException.class, ErrorCode.EXPIRY_INVALID,
            () -> election.campaign("ada", Duration.ofNanos(-1)));
        assertThrowsCode(FailedException.class, ErrorCode.ARGUMENT_INVALID, () -> election.adopt(0, 1));
        try (ElectionTerm term = grid.election("x".repeat(200)).campaign("y".repeat(255)))
        {
            assertTrue(term.isLeader());
        }
    }

    @Test
    void shouldEndACandidacyWithTheGrid() throws InterruptedException
    {
        final Told ada = new Told(false);
        final Told bob = new Told(false);
        final Candidacy leads = election.stand("ada", ada);
        Told.next(ada.elected);
        final Candidacy waits = election.stand("bob", bob);
        grid.close();
        leads.close();
        waits.close();
        assertThrowsCode(FailedException.class, ErrorCode.CLOSED, election::leader);
    }

    private void assertDeposedBy(final AutoCloseable closed) throws Exception
    {
        final Told told = new Told(false);
        election.stand("ada", told);
        final ElectionTerm term = Told.next(told.elected);
        closed.close();
        assertEquals(term, Told.next(told.deposed));
        assertFalse(term.isLeader());
    }

    @Test
    void shouldDeposeACandidacyWhenTheGridIsClosed() throws Exception
    {
        assertDeposedBy(grid);
    }

    @Test
    void shouldDeposeACandidacyWhenTheNodeIsClosed() throws Exception
    {
        assertDeposedBy(node);
    }
}
