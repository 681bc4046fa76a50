package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.client.codec.LockStatus;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How the terms of a candidacy end, whose lease is so long that no test sees the end of that.
 */
class CandidacyTest
{
    private static final Duration LONG = Duration.ofHours(1);
    private static final long LIMIT_S = 60;

    private final FakePort port = new FakePort(4);
    private final BlockingQueue<ElectionTerm> elected = new LinkedBlockingQueue<>();
    private final BlockingQueue<ElectionTerm> deposed = new LinkedBlockingQueue<>();
    private Grid grid;

    @AfterEach
    void close()
    {
        port.closed = true;
        grid.close();
    }

    /**
     * @param closeNs for how long closing waits until the grid has heard of it.
     */
    private ElectionTerm lead(final long closeNs) throws InterruptedException
    {
        grid = Grids.over(port, TimeUnit.SECONDS.toNanos(LIMIT_S), closeNs);
        port.agent.lockAnswers.add(LockStatus.DONE);
        final GridElection election = (GridElection) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[]{GridElection.class},
            (proxy, method, args) -> new ElectionTerm(grid.lock("book").acquire(LONG)));
        new Candidacy(election, "ada", new ElectionListener()
        {
            @Override
            public void onElected(final ElectionTerm term)
            {
                elected.add(term);
            }

            @Override
            public void onDeposed(final ElectionTerm term)
            {
                deposed.add(term);
            }
        });
        final ElectionTerm term = next(elected);
        assertTrue(term.isLeader());
        return term;
    }

    private static ElectionTerm next(final BlockingQueue<ElectionTerm> events) throws InterruptedException
    {
        final ElectionTerm term = events.poll(LIMIT_S, TimeUnit.SECONDS);
        assertNotNull(term, "nothing was told");
        return term;
    }

    private void assertDeposed(final ElectionTerm term) throws InterruptedException
    {
        assertEquals(term, next(deposed));
        assertFalse(term.isLeader());
    }

    @Test
    void shouldTellOfTheEndOfATermThatTheClosingGridLetsGoOf() throws InterruptedException
    {
        final ElectionTerm term = lead(TimeUnit.SECONDS.toNanos(LIMIT_S));
        port.agent.lockAnswers.add(LockStatus.DONE);
        Grids.letGo(grid);
        assertDeposed(term);
    }

    @Test
    void shouldTellOfTheEndOfATermThatTheClosingGridHasNoTimeToLetGoOf() throws InterruptedException
    {
        final ElectionTerm term = lead(0);
        Grids.letGo(grid);
        assertDeposed(term);
    }

    @Test
    void shouldTellOfTheEndOfATermWhenTheGridIsClosedThatIsNotThereAnyMore() throws InterruptedException
    {
        final ElectionTerm term = lead(TimeUnit.SECONDS.toNanos(LIMIT_S));
        port.closed = true;
        grid.close();
        assertDeposed(term);
    }

    @Test
    void shouldTellOfTheEndOfATermThatIsResigned() throws InterruptedException
    {
        final ElectionTerm term = lead(0);
        port.agent.lockAnswers.add(LockStatus.DONE);
        term.resign();
        assertDeposed(term);
    }

    @Test
    void shouldTellOfTheEndOfATermThatTheGridSaysIsLost() throws InterruptedException
    {
        final ElectionTerm term = lead(0);
        port.agent.lockAnswers.add(LockStatus.NOT_HOLDER);
        term.close();
        assertDeposed(term);
    }
}
