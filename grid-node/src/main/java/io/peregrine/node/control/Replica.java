package io.peregrine.node.control;

/**
 * A copy of a partition: a member in one of its lives. The same node in another life is another replica.
 *
 * @param memberId    of the member.
 * @param incarnation of the member when it took the copy.
 */
public record Replica(int memberId, long incarnation)
{
}
