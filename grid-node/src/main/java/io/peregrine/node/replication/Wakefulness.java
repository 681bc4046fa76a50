package io.peregrine.node.replication;

/**
 * Whether this agent has been at work long enough to say of others that they are silent: after a pause of its own, what
 * they sent meanwhile has to be read first. Data agent's thread.
 */
final class Wakefulness
{
    private final long pauseNs;
    private final long restNs;
    private long lastWorkNs;
    private long awakeSinceNs;

    Wakefulness(final ReplicationSettings settings, final long nowNs)
    {
        this.pauseNs = settings.leaseNs() / 2;
        this.restNs = 2 * settings.beatNs();
        this.lastWorkNs = nowNs;
        this.awakeSinceNs = nowNs;
    }

    void onWork(final long nowNs)
    {
        if (nowNs - lastWorkNs >= pauseNs)
        {
            awakeSinceNs = nowNs;
        }
        lastWorkNs = nowNs;
    }

    boolean isAwake(final long nowNs)
    {
        return nowNs - awakeSinceNs >= restNs;
    }
}
