package io.peregrine.node.control;

/**
 * Whether copies belong on a member. It says nothing of whether the member can be reached now.
 */
public enum MemberStatus
{
    /**
     * Copies are placed on it.
     */
    LIVE,
    /**
     * It was asked to go: its copies are made elsewhere, and it serves what it has until then.
     */
    LEAVING,
    /**
     * It was not heard of for so long that its copies are made elsewhere. It may come back in the same life.
     */
    ABSENT
}
