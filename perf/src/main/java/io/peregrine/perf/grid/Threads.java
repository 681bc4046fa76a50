package io.peregrine.perf.grid;

/**
 * Threads of this process beside the JVM's own, which are in the system's group.
 */
final class Threads
{
    private static final int SLACK = 64;

    private Threads()
    {
    }

    static int ofApplication()
    {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null && group.getParent().getParent() != null)
        {
            group = group.getParent();
        }

        return group.enumerate(new Thread[group.activeCount() + SLACK]);
    }
}
