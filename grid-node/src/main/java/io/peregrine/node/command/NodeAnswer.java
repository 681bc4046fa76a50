package io.peregrine.node.command;

import io.peregrine.client.NodeStatus;
import io.peregrine.client.PartitionsStatus;

/**
 * What one node of the grid answered.
 *
 * @param member     that was asked.
 * @param status     what it says of itself, or null where it is silent.
 * @param partitions what it knows of the partitions, or null where it is silent.
 * @param problem    why there is no answer, or null.
 */
record NodeAnswer(
    NodeStatus.MemberStatus member, NodeStatus status, PartitionsStatus partitions, String problem)
{
    private static final String LEAVING = "leaving";
    private static final String ABSENT = "absent";

    boolean isSilent()
    {
        return partitions == null;
    }

    boolean isAbsent()
    {
        return member.state().equals(ABSENT);
    }

    /**
     * @return whether it was asked to go and has nothing any more.
     */
    boolean hasLeft()
    {
        return member.state().equals(LEAVING) && member.inSync() == 0 && member.planned() == 0;
    }

    /**
     * @return its state in a word: that by the control plane, but that it does not answer counts more.
     */
    String state()
    {
        return hasLeft() ? "left" : isSilent() ? member.state() + ", silent" : member.state();
    }
}
