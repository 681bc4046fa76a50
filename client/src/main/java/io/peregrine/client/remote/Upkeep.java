package io.peregrine.client.remote;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * The client's own thread. It moves messages when no thread has for a while, so that connections live and are made
 * anew; or, where that is set, it moves all of them.
 */
final class Upkeep implements Runnable
{
    private static final long BUSY_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long AWAKE_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long ASLEEP_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int ROUNDS_AWAKE = 25;

    private final RemotePort port;
    private final RemoteSettings settings;
    private Thread thread;
    private volatile boolean ended;

    Upkeep(final RemotePort port, final RemoteSettings settings)
    {
        this.port = port;
        this.settings = settings;
    }

    void start(final ThreadFactory factory)
    {
        thread = factory.newThread(this);
        thread.setName("peregrine-client");
        thread.start();
    }

    void wake()
    {
        LockSupport.unpark(thread);
    }

    /**
     * Has the thread ended, with everything given back?
     */
    boolean isEnded()
    {
        return ended;
    }

    @Override
    public void run()
    {
        final IdleStrategy idle = settings.idleStrategies().get();
        int quiet = 0;
        while (!port.isClosed())
        {
            if (settings.agent())
            {
                idle.idle(move());
            }
            else
            {
                quiet = isInUse() || !port.isConnected() ? 0 : quiet + 1;
                LockSupport.parkNanos(quiet < ROUNDS_AWAKE ? AWAKE_NS : ASLEEP_NS);
            }
        }
        while (!port.isDown())
        {
            port.finishIfFree();
            LockSupport.parkNanos(BUSY_NS);
        }
        ended = true;
    }

    /**
     * Move messages unless somebody who waits does so. What came meanwhile keeps nobody awake, as signs of life always
     * come, and whoever wants an answer takes turns himself.
     */
    private boolean isInUse()
    {
        final boolean isInUse = System.nanoTime() - port.lastTurnNs() < BUSY_NS;
        if (!isInUse)
        {
            move();
        }
        return isInUse;
    }

    private int move()
    {
        try
        {
            return port.tryMove();
        }
        catch (final Exception ex)
        {
            settings.errorHandler().onError(ex);
            return 0;
        }
    }
}
