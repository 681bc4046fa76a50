package io.peregrine.client;

/**
 * How a semaphore is, at the moment of the answer.
 *
 * @param permits in all; 0 where nobody has used the name, or not for long.
 * @param free    of them.
 * @param holders that hold some.
 * @param waiters in line.
 */
public record SemaphoreInfo(int permits, int free, int holders, int waiters)
{
}
