package io.peregrine.node.replication;

import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Member;

/**
 * The lease of the control plane under which this member serves partitions whose only copy it has. It is counted from
 * when this member asked, on its own clock; the control plane counts from when it decided, on its own, and longer.
 * Each data agent asks for itself; what one was given holds for all. Data agent's thread.
 */
public final class LoneLease
{
    private static final int QUESTIONS_PER_LEASE = 4;
    private static final int REPEATS_PER_LEASE = 40;

    private final Self self;
    private long leaseNs;
    private long untilNs = Leases.NONE;
    private long askedNs = Leases.NONE;
    private boolean isAnswered = true;
    private boolean isWanted;

    /**
     * @param self of this agent.
     */
    public LoneLease(final Self self)
    {
        this.self = self;
    }

    /**
     * @param view of the control plane that is applied.
     */
    public void onControl(final ControlView view)
    {
        if (view.settings() == null || self.memberId() >= view.members().size())
        {
            return;
        }

        final Member member = view.members().get(self.memberId());
        leaseNs = view.settings().aloneLeaseNs();
        if (member.incarnation() != self.incarnation())
        {
            untilNs = Leases.NONE;
        }
        else if (member.aloneUntilNs() != 0)
        {
            untilNs = member.aloneAskedNs() + leaseNs;
            isAnswered |= member.aloneAskedNs() >= askedNs;
        }
    }

    /**
     * @param wanted whether this member leads a partition alone, or will if what it proposed is decided.
     */
    public void want(final boolean wanted)
    {
        isWanted = wanted;
    }

    /**
     * @param nowNs of the node's monotonic clock.
     * @return what is to be asked of the control plane now, or null.
     */
    public ControlCommand question(final long nowNs)
    {
        final long pauseNs = leaseNs / (isAnswered ? QUESTIONS_PER_LEASE : REPEATS_PER_LEASE);
        if (!isWanted || leaseNs == 0 || askedNs != Leases.NONE && nowNs - askedNs < pauseNs)
        {
            return null;
        }

        askedNs = nowNs;
        isAnswered = false;
        return new ControlCommand.StayAlone(self.memberId(), self.incarnation(), nowNs);
    }

    /**
     * @return until when this member may serve partitions whose only copy it has.
     */
    public long untilNs()
    {
        return untilNs;
    }
}
