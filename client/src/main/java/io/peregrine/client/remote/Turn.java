package io.peregrine.client.remote;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The right to move messages, for one thread at a time: nobody waits for it.
 */
final class Turn
{
    private static final VarHandle HOLDER;

    static
    {
        try
        {
            HOLDER = MethodHandles.lookup().findVarHandle(Turn.class, "holder", Thread.class);
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private Thread holder;

    /**
     * @return whether the calling thread has it now; to be given back.
     */
    boolean tryTake()
    {
        return HOLDER.getOpaque(this) == null && HOLDER.compareAndSet(this, (Thread) null, Thread.currentThread());
    }

    void giveBack()
    {
        HOLDER.setRelease(this, (Thread) null);
    }

    boolean isFree()
    {
        return HOLDER.getOpaque(this) == null;
    }

    boolean isMine()
    {
        return HOLDER.getAcquire(this) == Thread.currentThread();
    }
}
