package io.peregrine.node.replication;

/**
 * Who a data agent is to others.
 *
 * @param memberId    of its node.
 * @param incarnation of its node.
 * @param agent       number of it in its node.
 */
public record Self(int memberId, long incarnation, int agent)
{
}
