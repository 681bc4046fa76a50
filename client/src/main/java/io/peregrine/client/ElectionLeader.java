package io.peregrine.client;

import java.time.Duration;

/**
 * Who leads, as the grid knew it.
 *
 * @param candidate name that it has campaigned with.
 * @param fence     of its term.
 * @param remaining of its lease, by the grid's time.
 */
public record ElectionLeader(String candidate, long fence, Duration remaining)
{
}
