package io.peregrine.client;

import java.time.Duration;

/**
 * How a lock is, at the moment of the answer.
 *
 * @param held      whether somebody holds it.
 * @param holder    number of the holder; 0 where nobody holds it.
 * @param fence     of the holder; 0 where nobody holds it.
 * @param remaining of its lease, by the grid's time.
 * @param waiters   how many wait in line.
 */
public record LockInfo(boolean held, long holder, long fence, Duration remaining, int waiters)
{
}
