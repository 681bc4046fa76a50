package io.peregrine.perf.sim.world;

import java.util.ArrayDeque;

/**
 * One way from a place to another, ordered while it lives.
 */
final class Stream
{
    final int from;
    final int to;
    final int channel;
    final ArrayDeque<Message> held = new ArrayDeque<>();
    long lastArrivalNs;
    long brokenUntilNs;
    long backPressureUntilNs;
    long waiting;
    int holds;
    int life;

    Stream(final int from, final int to, final int channel)
    {
        this.channel = channel;
        this.from = from;
        this.to = to;
    }
}
