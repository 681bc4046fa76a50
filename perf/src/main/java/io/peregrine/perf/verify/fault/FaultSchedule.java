package io.peregrine.perf.verify.fault;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Says when the next fault begins. A node is touched from the beginning of a fault until the grid has been looked at a
 * while after its end: what others decide about a silent node may come that late. A fault that is due begins when every
 * partition keeps a member in sync that is not touched, and waits for nothing else. Of a cut one end is touched: both
 * ends keep what they hold, and only one of them is put out. Pure; single-threaded.
 */
public final class FaultSchedule
{
    private final FaultPlan plan;
    private final boolean isBeyond;
    private final long settleNs;
    private final List<Fault> under = new ArrayList<>();
    private final List<Over> over = new ArrayList<>();
    private final List<Begun> begun = new ArrayList<>();
    private Fault next;
    private long dueNs;
    private long waitedNs;

    /**
     * A fault that has begun.
     *
     * @param fault    that did.
     * @param beganNs  when.
     * @param waitedNs that it had to, beyond when it was due.
     */
    public record Begun(Fault fault, long beganNs, long waitedNs)
    {
    }

    private record Over(int node, long sinceNs)
    {
    }

    /**
     * A schedule.
     *
     * @param plan     of it.
     * @param isBeyond whether faults begin without regard to what is left.
     * @param settleNs after the end of a fault the grid may still decide about it.
     * @param nowNs    from when on.
     */
    public FaultSchedule(final FaultPlan plan, final boolean isBeyond, final long settleNs, final long nowNs)
    {
        this.plan = plan;
        this.settleNs = settleNs;
        this.isBeyond = isBeyond;
        if (!plan.isEmpty())
        {
            draw(nowNs);
        }
    }

    /**
     * Is there a fault to begin now?
     *
     * @param view  of the grid.
     * @param nowNs of a monotonic clock.
     * @return the fault, which the caller begins at once, or null.
     */
    public Fault poll(final GridView view, final long nowNs)
    {
        over.removeIf((past) -> view.takenNs() - past.sinceNs() >= settleNs);
        if (next == null || nowNs - dueNs < 0)
        {
            return null;
        }
        if (!isPossible())
        {
            draw(nowNs);
            return null;
        }
        if (!isBeyond && !view.keepsOneBeside(touchedWith(next)))
        {
            return null;
        }

        final Fault fault = next;
        under.add(fault);
        begun.add(new Begun(fault, nowNs, nowNs - dueNs));
        waitedNs += nowNs - dueNs;
        draw(nowNs);
        return fault;
    }

    /**
     * A fault is over: its process runs, its links carry what is sent.
     *
     * @param fault that was returned by {@link #poll}.
     * @param nowNs of the clock.
     */
    public void onOver(final Fault fault, final long nowNs)
    {
        if (!under.remove(fault))
        {
            throw new IllegalArgumentException("is not under way: " + fault);
        }
        over.add(new Over(fault.node(), nowNs));
    }

    /**
     * No more faults; a fault that was waiting has waited in vain.
     *
     * @param nowNs of the clock.
     */
    public void stop(final long nowNs)
    {
        if (next != null && nowNs - dueNs > 0)
        {
            waitedNs += nowNs - dueNs;
        }
        next = null;
    }

    /**
     * Of all faults.
     *
     * @return how long they waited beyond when they were due.
     */
    public long waitedNs()
    {
        return waitedNs;
    }

    /**
     * Faults so far.
     *
     * @return those that have begun, in order.
     */
    public List<Begun> begun()
    {
        return List.copyOf(begun);
    }

    /**
     * Faults that are not over.
     *
     * @return in the order in which they began.
     */
    public List<Fault> underWay()
    {
        return List.copyOf(under);
    }

    private BitSet touchedWith(final Fault fault)
    {
        final BitSet touched = new BitSet();
        under.forEach((other) -> touched.set(other.node()));
        over.forEach((past) -> touched.set(past.node()));
        touched.set(fault.node());
        return touched;
    }

    /**
     * A process that is dead or stands still cannot be so once more, but its links can be cut, and the other way round.
     */
    private boolean isPossible()
    {
        return under.stream().noneMatch((other) -> other.node() == next.node() && other.isCut() == next.isCut());
    }

    private void draw(final long fromNs)
    {
        next = plan.next();
        dueNs = fromNs + plan.gapNs();
    }
}
