package io.peregrine.node.grid;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.peregrine.node.GridNode;
import io.peregrine.node.NodeContext;
import org.agrona.CloseHelper;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A node that is driven by a thread of the test's, which can stand still.
 */
final class DrivenNode implements AutoCloseable
{
    private static final long IDLE_NS = 50_000;
    private static final long LIMIT_S = 100;

    final SharedControl.Way control;
    final String name;
    final String address;
    private final CompletableFuture<GridNode> launched = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean isFrozen;
    private volatile boolean isOver;

    /**
     * @param context with {@code threading=invoker}.
     */
    DrivenNode(
        final SharedControl.Way control, final String name, final String address, final NodeContext context)
    {
        this.control = control;
        this.name = name;
        this.address = address;
        thread = new Thread(() -> run(context.controlPlane(control).bind(address)), "driver of " + address);
        thread.setDaemon(true);
        thread.start();
        launched.orTimeout(LIMIT_S, TimeUnit.SECONDS).join();
    }

    GridNode node()
    {
        return launched.join();
    }

    int memberId()
    {
        return control.self().id();
    }

    /**
     * Neither the node does anything from now on, nor its media driver: to others it is gone.
     */
    void freeze()
    {
        isFrozen = true;
    }

    void thaw()
    {
        isFrozen = false;
    }

    @Override
    public void close()
    {
        isOver = true;
        try
        {
            thread.join(TimeUnit.SECONDS.toMillis(LIMIT_S));
            assertFalse(thread.isAlive(), () -> name + " does not end");
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    private void run(final NodeContext context)
    {
        GridNode node = null;
        try
        {
            node = GridNode.launch(context);
            launched.complete(node);
            while (!isOver)
            {
                if (isFrozen || node.invoke() == 0)
                {
                    LockSupport.parkNanos(IDLE_NS);
                }
            }
        }
        catch (final Throwable ex)
        {
            launched.completeExceptionally(ex);
        }
        finally
        {
            CloseHelper.quietClose(node);
        }
    }
}
