package io.peregrine.client;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Campaigns, leads, and campaigns again, until it or the grid is closed. Refusals of the grid are tried again after a
 * pause. Has a daemon thread of its own; any thread may close it.
 */
public final class Candidacy implements AutoCloseable
{
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final GridElection election;
    private final String candidate;
    private final ElectionListener listener;
    private final Thread thread;
    private boolean isCampaigning;
    private boolean isClosed;

    Candidacy(final GridElection election, final String candidate, final ElectionListener listener)
    {
        this.election = election;
        this.candidate = Names.check(candidate);
        this.listener = Objects.requireNonNull(listener, "listener");
        thread = new Thread(this::run, "peregrine-election");
        thread.setDaemon(true);
        thread.start();
    }

    private void run()
    {
        while (mayCampaign())
        {
            try
            {
                lead(campaign());
            }
            catch (final GridException ex)
            {
                if (ex.code() == ErrorCode.CLOSED)
                {
                    return;
                }
                rest(PAUSE_NS);
            }
        }
    }

    private ElectionTerm campaign()
    {
        try
        {
            return election.campaign(candidate);
        }
        finally
        {
            endCampaign();
        }
    }

    private synchronized boolean mayCampaign()
    {
        isCampaigning = !isClosed;
        return isCampaigning;
    }

    /**
     * From here on the thread is not interrupted: what is held is let go of in order.
     */
    private synchronized void endCampaign()
    {
        isCampaigning = false;
        Thread.interrupted();
    }

    private void lead(final ElectionTerm term)
    {
        term.onEnd(this::wake);
        if (!isClosed())
        {
            tell(listener::onElected, term);
        }
        awaitEnd(term);
        if (isClosed())
        {
            term.close();
        }
        else
        {
            tell(listener::onDeposed, term);
        }
    }

    private static void tell(final Consumer<ElectionTerm> event, final ElectionTerm term)
    {
        try
        {
            event.accept(term);
        }
        catch (final RuntimeException | Error ex)
        {
            // Whatever a listener does, the candidacy goes on.
            final Thread current = Thread.currentThread();
            current.getUncaughtExceptionHandler().uncaughtException(current, ex);
        }
    }

    private synchronized void wake()
    {
        notifyAll();
    }

    private synchronized boolean isClosed()
    {
        return isClosed;
    }

    /**
     * Of the term, or of the candidacy.
     */
    private synchronized void awaitEnd(final ElectionTerm term)
    {
        while (!isClosed && term.isLeader())
        {
            rest(term.remaining().toNanos());
        }
    }

    private synchronized void rest(final long atMostNs)
    {
        try
        {
            if (!isClosed)
            {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, atMostNs));
            }
        }
        catch (final InterruptedException ex)
        {
            isClosed = true;
        }
    }

    /**
     * Stand no longer: leave the line, or resign, which is not told to the listener. Waits until that is done, unless a
     * listener calls it.
     */
    @Override
    public void close()
    {
        synchronized (this)
        {
            isClosed = true;
            notifyAll();
            if (isCampaigning)
            {
                thread.interrupt();
            }
        }
        if (Thread.currentThread() != thread)
        {
            join();
        }
    }

    private void join()
    {
        try
        {
            thread.join();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }
}
