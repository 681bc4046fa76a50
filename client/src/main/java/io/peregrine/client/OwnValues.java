package io.peregrine.client;

import io.peregrine.client.port.ReservedNames;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * The grid's own map, and what is made of its entries: each kind has keys of its own. The map is made when it is needed
 * for the first time. Any thread.
 */
final class OwnValues
{
    /**
     * Leaves room for what comes before a name, in keys and in names of locks.
     */
    static final int MAX_NAME = 200;

    private final PortGrid grid;
    private final Map<String, GridIds> ids = new ConcurrentHashMap<>();
    private volatile GridMap<String, Long> numbers;
    private volatile GridMap<String, Elected> elected;

    OwnValues(final PortGrid grid)
    {
        this.grid = grid;
    }

    GridCounter counter(final String name)
    {
        return new PortCounter(check(name), "counter/" + name, numbers());
    }

    GridSequence sequence(final String name, final int block)
    {
        final GridCounter given = new PortCounter(check(name), "sequence/" + name, numbers());
        return new PortSequence(given, block, grid::asyncExecutor);
    }

    /**
     * The ids of this object, of which there are one for a name.
     */
    GridIds ids(final String name)
    {
        return ids.computeIfAbsent(check(name), (made) -> ids(made, SystemEpochClock.INSTANCE));
    }

    GridIds ids(final String name, final EpochClock clock)
    {
        Objects.requireNonNull(clock, "clock");
        check(name);
        return new PortIds(
            name, new LeasedIdSlots(name, grid::ownLock, this::numbers), clock, SystemNanoClock.INSTANCE);
    }

    GridElection election(final String name, final Duration lease)
    {
        check(name);
        return new PortElection(name, "election/" + name, grid.ownLock("election/" + name), elected(), lease, grid);
    }

    private GridMap<String, Elected> elected()
    {
        GridMap<String, Elected> map = elected;
        if (map == null)
        {
            map = grid.own(ReservedNames.VALUES, Codecs.STRING, Elected.CODEC);
            elected = map;
        }
        return map;
    }

    private GridMap<String, Long> numbers()
    {
        GridMap<String, Long> map = numbers;
        if (map == null)
        {
            map = grid.own(ReservedNames.VALUES, Codecs.STRING, Codecs.LONG);
            numbers = map;
        }
        return map;
    }

    private static String check(final String name)
    {
        return Names.check(name, MAX_NAME);
    }
}
