package io.peregrine.perf.verify.history;

import io.peregrine.perf.linear.Call;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A history in the form of Jepsen, one event a line: each operation begins with {@code :invoke} and ends with
 * {@code :ok}, {@code :fail} (it did not happen) or {@code :info} (nobody knows). In the order of time; of two events
 * at one time the beginning comes first, so that no order is claimed that nobody saw. Pure.
 */
public final class Edn
{
    private Edn()
    {
    }

    /**
     * Write a history.
     *
     * @param history to write.
     * @param out     to write to.
     */
    public static void write(final History history, final Appendable out)
    {
        final List<Event> events = new ArrayList<>();
        for (final Attempt attempt : history.attempts())
        {
            events.add(new Event(attempt.invokedNs(), 0, line(attempt, "invoke")));
            events.add(new Event(attempt.returnedNs(), 1, line(attempt, end(attempt))));
        }

        events.sort(Comparator.comparingLong(Event::ns).thenComparingInt(Event::rank));
        try
        {
            for (final Event event : events)
            {
                out.append(event.line()).append('\n');
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("the history cannot be written: " + ex.getMessage(), ex);
        }
    }

    private static String end(final Attempt attempt)
    {
        return switch (attempt.outcome())
        {
            case OK -> "ok";
            case NOT_DONE, REFUSED -> "fail";
            case UNKNOWN -> "info";
        };
    }

    private static String line(final Attempt attempt, final String type)
    {
        final Operation operation = attempt.operation();
        return "{:process " + attempt.process() + ", :type :" + type + ", :f :" + name(operation.function()) +
            ", :key \"" + operation.key() + "\", :value " + value(attempt, "ok".equals(type)) + "}";
    }

    private static String value(final Attempt attempt, final boolean isOk)
    {
        final Operation operation = attempt.operation();
        return switch (operation.function())
        {
            case READ, ACQUIRE -> text(isOk ? attempt.told().before() : null);
            case WRITE, FENCED, RELEASE -> text(operation.value());
            case ACQUIRE_PERMITS -> pair(operation.expected(), isOk ? attempt.told().before() : null);
            case CAS, RELEASE_PERMITS -> pair(operation.expected(), operation.value());
        };
    }

    private static String name(final Function function)
    {
        return switch (function)
        {
            case READ -> "read";
            case WRITE -> "write";
            case CAS -> "cas";
            case ACQUIRE -> "acquire";
            case FENCED -> "fenced";
            case RELEASE -> "release";
            case ACQUIRE_PERMITS -> "acquire-permits";
            case RELEASE_PERMITS -> "release-permits";
        };
    }

    private static String pair(final Long first, final Long second)
    {
        return "[" + text(first) + " " + text(second) + "]";
    }

    private static String text(final Long value)
    {
        return value == null ? "nil" : value.toString();
    }

    /**
     * @param ns   when; {@link Call#NEVER} comes last.
     * @param rank among those of one time.
     * @param line that is written.
     */
    private record Event(long ns, int rank, String line)
    {
    }
}
