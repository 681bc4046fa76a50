package io.peregrine.node.control;

/**
 * How a node becomes a member: what it has to ask for next, by what it sees decided. Pure; one thread.
 */
public final class Joining
{
    private final Node node;
    private boolean isMember;
    private boolean hasEnded;

    /**
     * What a node says of itself when it joins.
     *
     * @param key     of the node.
     * @param address where its peers reach it, or empty.
     * @param weight  share of the copies that it takes, compared with others.
     * @param zone    that it fails with, or empty.
     * @param agents  data agents that it has.
     * @param startId number that it drew when it started, 0 or higher.
     */
    public record Node(String key, String address, int weight, String zone, int agents, long startId)
    {
    }

    /**
     * @param node that joins.
     */
    public Joining(final Node node)
    {
        this.node = node;
    }

    /**
     * @param view as it is known now; a later one than those before.
     * @return what to ask for, again and again as long as this says it; null where there is nothing to ask for.
     */
    public ControlCommand next(final ControlView view)
    {
        final Member member = find(view);
        final boolean isHere = member != null && member.startId() == node.startId();
        hasEnded |= isMember && !isHere;
        isMember |= isHere;
        if (view.settings() == null || isMember)
        {
            return null;
        }

        return new ControlCommand.Join(
            node.key(),
            node.address(),
            node.weight(),
            node.zone(),
            node.agents(),
            node.startId(),
            member == null ? 0 : member.incarnation());
    }

    /**
     * @return whether this life was a member and is none any more. It does not become one again.
     */
    public boolean hasEnded()
    {
        return hasEnded;
    }

    /**
     * @param view of the control plane.
     * @return the member that this life of the node is; null where it is none.
     */
    public Member self(final ControlView view)
    {
        final Member member = find(view);
        return member != null && member.startId() == node.startId() ? member : null;
    }

    private Member find(final ControlView view)
    {
        for (final Member member : view.members())
        {
            if (member.key().equals(node.key()))
            {
                return member;
            }
        }

        return null;
    }
}
