package io.peregrine.perf.verify.run;

import io.peregrine.perf.verify.fault.Fault;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Carries out faults, each on a thread of its own, so that one does not wait for the end of another.
 */
final class Befalling
{
    private final List<VerifiedNode> nodes;
    private final ConcurrentLinkedQueue<Fault> over = new ConcurrentLinkedQueue<>();
    private volatile RuntimeException failure;

    Befalling(final List<VerifiedNode> nodes)
    {
        this.nodes = nodes;
    }

    void begin(final Fault fault)
    {
        final Thread thread = new Thread(() -> run(fault), "fault");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * @return a fault that is over since the last question, or null.
     */
    Fault pollOver()
    {
        if (failure != null)
        {
            throw failure;
        }

        return over.poll();
    }

    private void run(final Fault fault)
    {
        try
        {
            final VerifiedNode node = nodes.get(fault.node());
            switch (fault.kind())
            {
                case KILL -> restart(node, node::kill, fault.durationNs());
                case RESTART -> restart(node, node::stop, fault.durationNs());
                case PAUSE -> pause(node, fault.durationNs());
                default -> cut(fault);
            }
            over.add(fault);
        }
        catch (final RuntimeException ex)
        {
            failure = ex;
        }
        catch (final InterruptedException ex)
        {
            failure = new IllegalStateException("a fault was interrupted: " + fault, ex);
        }
    }

    private static void restart(final VerifiedNode node, final Runnable end, final long awayNs)
        throws InterruptedException
    {
        end.run();
        park(awayNs);
        node.launch();
        node.awaitServing();
    }

    private static void pause(final VerifiedNode node, final long forNs)
    {
        node.standStill(true);
        try
        {
            park(forNs);
        }
        finally
        {
            node.standStill(false);
        }
    }

    /**
     * In both drivers: what one of them sends is lost before it leaves, and what the other one says of it does not
     * come in.
     */
    private void cut(final Fault fault)
    {
        cut(fault, fault.outgoing(), fault.incoming());
        park(fault.durationNs());
        cut(fault, false, false);
    }

    private void cut(final Fault fault, final boolean outgoing, final boolean incoming)
    {
        for (int peer = 0; peer < nodes.size(); peer++)
        {
            if (peer != fault.node() && (peer == fault.peer() || fault.peer() == Fault.EVERYBODY))
            {
                nodes.get(fault.node()).cut(peer, outgoing, incoming);
                nodes.get(peer).cut(fault.node(), incoming, outgoing);
            }
        }
    }

    static void park(final long ns)
    {
        final long startNs = System.nanoTime();
        for (long left = ns; left > 0; left = ns - (System.nanoTime() - startNs))
        {
            LockSupport.parkNanos(left);
        }
    }
}
