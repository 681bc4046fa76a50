package io.peregrine.client.remote;

/**
 * When to ask again for answers that do not come although the connection is open: after a while without an answer to
 * the oldest request, and each time after a longer one. The lane's thread.
 */
final class Patience
{
    private static final int DOUBLINGS = 4;

    private final long initialNs;
    private final long pauseNs;
    private long ns;
    private long watchedId;
    private long watchedEnd;
    private long sinceNs;
    private long lostSinceNs;
    private boolean lost;

    Patience(final LaneSettings settings)
    {
        initialNs = settings.askAgainNs();
        pauseNs = settings.pauseNs();
        ns = initialNs;
    }

    /**
     * Answers were dropped on the way.
     */
    void onAnswersLost()
    {
        lost = true;
    }

    /**
     * Look at what has no answer.
     *
     * @return the id up to which requests are to be sent again; 0 for none.
     */
    long look(final Retained requests, final long nowNs)
    {
        final long oldest = requests.oldestDueId();
        if (lost && nowNs - lostSinceNs >= pauseNs)
        {
            lost = false;
            lostSinceNs = nowNs;
            return requests.nextId();
        }
        if (oldest == requests.nextId())
        {
            watchedId = 0;
            return 0;
        }
        if (oldest != watchedId)
        {
            ns = initialNs;
            watch(requests, nowNs);
            return 0;
        }
        if (nowNs - sinceNs < ns)
        {
            return 0;
        }
        ns = Math.min(2 * ns, initialNs << DOUBLINGS);
        final long end = watchedEnd;
        watch(requests, nowNs);
        return end;
    }

    /**
     * How long nothing has come for the oldest request without an answer.
     */
    long waitingNs(final Retained requests, final long nowNs)
    {
        return watchedId == 0 || requests.oldestDueId() != watchedId ? 0 : nowNs - sinceNs;
    }

    private void watch(final Retained requests, final long nowNs)
    {
        watchedId = requests.oldestDueId();
        watchedEnd = requests.nextId();
        sinceNs = nowNs;
    }
}
