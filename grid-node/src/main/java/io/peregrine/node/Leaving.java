package io.peregrine.node;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlPlane;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Member;
import io.peregrine.node.control.MemberStatus;
import io.peregrine.node.control.Replica;

import java.util.concurrent.TimeUnit;

/**
 * A node that is about to stop asks to go, so that its copies are made elsewhere while it still has them. One thread.
 */
final class Leaving
{
    private static final long REPEAT_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final ControlPlane control;
    private final Member self;
    private boolean isAsked;
    private long askedNs;

    Leaving(final ControlPlane control, final Member self)
    {
        this.control = control;
        this.self = self;
    }

    /**
     * @param nowNs of a monotonic clock.
     * @return whether no partition counts on this node any more, or there is nobody else to have it, or nobody who
     *         decides is reached.
     */
    boolean isDone(final long nowNs)
    {
        final ControlView view = control.view();
        if (!control.isReachable() || !hasOthers(view) || !isHolder(view, self))
        {
            return true;
        }
        if (view.members().get(self.id()).status() == MemberStatus.LIVE && (!isAsked || nowNs - askedNs >= REPEAT_NS))
        {
            isAsked = true;
            askedNs = nowNs;
            control.submit(new ControlCommand.Leave(self.id(), self.incarnation()));
        }

        return false;
    }

    /**
     * @param view of the control plane.
     * @param self the node in its life.
     * @return whether it was asked to go, and no partition counts on it any more.
     */
    static boolean hasLeft(final ControlView view, final Member self)
    {
        final Member member = view.members().get(self.id());
        return member.incarnation() == self.incarnation() && member.status() == MemberStatus.LEAVING &&
            !isHolder(view, self);
    }

    private boolean hasOthers(final ControlView view)
    {
        for (final Member member : view.members())
        {
            if (member.id() != self.id() && member.status() == MemberStatus.LIVE)
            {
                return true;
            }
        }

        return false;
    }

    private static boolean isHolder(final ControlView view, final Member self)
    {
        for (final Assignment assignment : view.assignments())
        {
            for (final Replica replica : assignment.inSync())
            {
                if (replica.memberId() == self.id() && replica.incarnation() == self.incarnation())
                {
                    return true;
                }
            }
        }

        return false;
    }
}
