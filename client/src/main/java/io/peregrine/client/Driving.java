package io.peregrine.client;

/**
 * Who moves a client's messages.
 */
public enum Driving
{
    /**
     * The threads that wait for answers, in turns, and a slow thread of the client while none waits. The shortest way.
     */
    CALLER,

    /**
     * A thread of the client, which idles as configured. For programs that mostly use callbacks.
     */
    AGENT
}
