package io.peregrine.node.agent;

import io.peregrine.node.control.ControlPlane;
import io.peregrine.node.control.ControlView;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * What is decided, for one data agent: every state in its order, as an agent that skips one has to think the worst of
 * what it did not see, and does not serve for as long as leases last. Only one that is behind by very many skips some.
 * Filled by the control plane's thread, emptied by the data agent's.
 */
final class Views
{
    static final int MOST_WAITING = 64;

    private final OneToOneConcurrentArrayQueue<ControlView> waiting = new OneToOneConcurrentArrayQueue<>(MOST_WAITING);
    private final ControlPlane control;

    Views(final ControlPlane control)
    {
        this.control = control;
        control.listen(waiting::offer);
    }

    /**
     * @param taken what the agent has taken last, or null.
     * @return what it has to take next, or null where it knows all.
     */
    ControlView next(final ControlView taken)
    {
        // Read first: whatever was decided before it is among those that wait by now.
        final ControlView latest = control.view();
        for (ControlView view = waiting.poll(); view != null; view = waiting.poll())
        {
            if (isNew(view, taken))
            {
                return view;
            }
        }

        return isNew(latest, taken) ? latest : null;
    }

    private static boolean isNew(final ControlView view, final ControlView taken)
    {
        return taken == null || view.version() > taken.version();
    }
}
