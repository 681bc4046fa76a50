package io.peregrine.transport.guard;

/**
 * How many datagrams to take in one cycle: one while they come singly, as asking once more costs a call to the system;
 * more and more while there are. Pure; single-threaded.
 */
final class Burst
{
    /**
     * The most in one cycle.
     */
    static final int MOST = 64;

    private int next = 1;

    int next()
    {
        return next;
    }

    void onEmpty()
    {
        next = 1;
    }

    void onFull()
    {
        next = Math.min(MOST, 2 * next);
    }
}
