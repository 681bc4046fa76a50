package io.peregrine.node.command;

import io.peregrine.transport.monitor.NodeFileView;

/**
 * What can be said about a node from outside, from its process and the last activity of its duty cycle.
 */
enum NodeHealth
{
    RUNNING("running"),
    SILENT("SILENT: its process lives, but its duty cycle does not turn"),
    DEAD("DEAD: its process is gone, and it did not stop in order");

    /**
     * A duty cycle shows its activity about once a second.
     */
    static final long SILENT_AFTER_MS = 5_000;

    private final String text;

    NodeHealth(final String text)
    {
        this.text = text;
    }

    static NodeHealth of(final NodeFileView view, final long nowMs)
    {
        if (!view.isProcessAlive())
        {
            return DEAD;
        }
        return nowMs - view.lastActivityMs() > SILENT_AFTER_MS ? SILENT : RUNNING;
    }

    /**
     * @return one line about a node.
     */
    static String line(final NodeFileView view, final long nowMs)
    {
        return view.name() + ": " + of(view, nowMs).text + "; pid " + view.pid() +
            ", started " + Ages.moment(view.startMs()) +
            ", last activity " + Ages.duration(nowMs - view.lastActivityMs()) + " ago";
    }
}
