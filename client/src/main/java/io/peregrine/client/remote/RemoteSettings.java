package io.peregrine.client.remote;

import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.IdleStrategy;

/**
 * What the way to a grid is made with.
 *
 * @param lanes          the most lanes.
 * @param maxInFlight    the most requests of a lane without an answer.
 * @param laneMemory     bytes of a lane's requests that are kept, a power of two.
 * @param inbox          bytes of answers that wait for a lane, a power of two.
 * @param sessionNs      how long sessions live when nobody is connected.
 * @param closeNs        how long closing tries to tell the node.
 * @param agent          whether a thread of its own moves all messages, instead of the threads that wait.
 * @param idleStrategies for threads that wait.
 * @param threadFactory  of the one thread.
 * @param errorHandler   for what no caller is told of.
 */
public record RemoteSettings(
    int lanes,
    int maxInFlight,
    int laneMemory,
    int inbox,
    long sessionNs,
    long closeNs,
    boolean agent,
    Supplier<IdleStrategy> idleStrategies,
    ThreadFactory threadFactory,
    ErrorHandler errorHandler)
{
}
