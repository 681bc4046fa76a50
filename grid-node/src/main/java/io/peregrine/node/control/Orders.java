package io.peregrine.node.control;

/**
 * Which orders of operators are handed on to those who decide, by what is known here, and what is said of the others.
 * Pure. Each of these is for a life of a node that the operator has seen.
 */
public final class Orders
{
    private static final String NO_SUCH_LIFE = "the grid has no such node, or it was started anew meanwhile";

    private Orders()
    {
    }

    /**
     * A node is to go: somebody has to have its copies, and as many as a write needs have to stay.
     *
     * @param view     of the control plane.
     * @param memberId of the node.
     * @param life     of it that is meant.
     * @return why not; null where nothing is against it.
     */
    public static String againstLeaving(final ControlView view, final int memberId, final long life)
    {
        final Member member = find(view, memberId, life);
        if (member == null)
        {
            return NO_SUCH_LIFE;
        }
        if (member.status() == MemberStatus.LEAVING)
        {
            return null;
        }

        final long others = view.members().stream()
            .filter((each) -> each.id() != memberId && each.status() == MemberStatus.LIVE).count();
        if (others == 0)
        {
            return "it is the last node: there is nobody to have its copies; start another one before";
        }
        if (others < view.settings().minInSync())
        {
            return "a write needs " + view.settings().minInSync() + " copies in sync (min.in.sync), and " + others +
                " nodes would be left; start another one before";
        }

        return null;
    }

    /**
     * A life of a node is to be taken for ended: nobody may have heard of it for as long as the grid waits for it.
     *
     * @param view     of the control plane.
     * @param memberId of the node.
     * @param life     of it that is meant.
     * @return why not; null where nothing is against it.
     */
    public static String againstDeath(final ControlView view, final int memberId, final long life)
    {
        final Member member = find(view, memberId, life);
        if (member == null)
        {
            return NO_SUCH_LIFE;
        }

        return member.status() == MemberStatus.ABSENT ? null :
            "it is " + (member.status() == MemberStatus.LIVE ? "live" : "leaving") +
            ": only a node that is absent, not heard of for as long as absent.after, can be taken for dead";
    }

    /**
     * @param code of those who decide.
     * @return what it means for an order, in words.
     */
    public static String meaningOf(final ControlCode code)
    {
        switch (code)
        {
            case EPOCH_MOVED:
                return "it has changed meanwhile; look at the status again";
            case UNSAFE:
                return "a node may still be serving it: one of its set may live, or its lease is not over yet; wait, " +
                    "or see that its nodes come back";
            case INVALID:
                return "there is no such partition";
            case LIMIT:
                return "there is no node to hold it, or it has no epoch left";
            default:
                return NO_SUCH_LIFE;
        }
    }

    private static Member find(final ControlView view, final int memberId, final long life)
    {
        final Member member =
            memberId >= 0 && memberId < view.members().size() ? view.members().get(memberId) : null;
        return member != null && member.incarnation() == life ? member : null;
    }
}
