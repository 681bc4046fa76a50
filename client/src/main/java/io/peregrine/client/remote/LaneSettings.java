package io.peregrine.client.remote;

/**
 * What a lane is made with.
 *
 * @param tag           by which the node tells lanes of a connection apart, from 1.
 * @param serial        of the lane in this process.
 * @param partitions    of the grid.
 * @param maxInFlight   the most requests without an answer.
 * @param memory        bytes of requests that are kept, a power of two.
 * @param sessionNs     how long sessions live when nobody is connected.
 * @param askAgainNs    after how long without an answer a request is sent again.
 * @param pauseNs       how long to wait after the node could not take a request.
 */
record LaneSettings(
    int tag,
    long serial,
    int partitions,
    int maxInFlight,
    int memory,
    long sessionNs,
    long askAgainNs,
    long pauseNs)
{
}
