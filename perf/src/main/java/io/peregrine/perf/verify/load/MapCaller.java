package io.peregrine.perf.verify.load;

import io.peregrine.client.FailedException;
import io.peregrine.client.GridMap;
import io.peregrine.client.OutcomeUnknownException;
import io.peregrine.client.RefusedException;
import io.peregrine.perf.verify.history.Operation;
import io.peregrine.perf.verify.history.Outcome;
import io.peregrine.perf.verify.history.Told;

import java.time.Duration;
import java.util.Objects;

/**
 * Carries out operations on a map and says what came of them. On the client's thread.
 */
public final class MapCaller
{
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration READERS_PATIENCE = Duration.ofMillis(300);

    private final GridMap<String, Long> map;
    private final GridMap<String, Long> reads;

    /**
     * Of one client.
     *
     * @param map that is verified.
     */
    public MapCaller(final GridMap<String, Long> map)
    {
        this.map = map.within(PATIENCE);
        reads = map.within(READERS_PATIENCE);
    }

    /**
     * Carry one out.
     *
     * @param operation to carry out.
     * @return what the grid said.
     */
    public Told call(final Operation operation)
    {
        try
        {
            return switch (operation.function())
            {
                case READ -> Told.before(Outcome.OK, reads.get(operation.key()));
                case WRITE -> write(operation.key(), operation.value());
                case CAS -> cas(operation.key(), operation.expected(), operation.value());
                default -> throw new IllegalArgumentException("not of an entry: " + operation);
            };
        }
        catch (final RefusedException didNotHappen)
        {
            return Told.of(Outcome.REFUSED);
        }
        catch (final OutcomeUnknownException mayHaveHappened)
        {
            return Told.of(operation.isRead() ? Outcome.REFUSED : Outcome.UNKNOWN);
        }
        catch (final FailedException never)
        {
            return Told.failed(never.getMessage());
        }
    }

    /**
     * Every second write asks for what was there.
     */
    private Told write(final String key, final Long value)
    {
        if (value == null)
        {
            return Told.before(Outcome.OK, map.remove(key));
        }
        if ((value & 1) == 0)
        {
            return Told.before(Outcome.OK, map.put(key, value));
        }

        map.set(key, value);
        return Told.of(Outcome.OK);
    }

    private Told cas(final String key, final Long expected, final Long value)
    {
        if (expected == null)
        {
            final Long before = map.putIfAbsent(key, Objects.requireNonNull(value));
            return Told.before(before == null ? Outcome.OK : Outcome.NOT_DONE, before);
        }

        final boolean isDone = value == null ? map.remove(key, expected) : map.replace(key, expected, value);
        return Told.of(isDone ? Outcome.OK : Outcome.NOT_DONE);
    }
}
