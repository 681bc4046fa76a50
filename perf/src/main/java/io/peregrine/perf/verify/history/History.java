package io.peregrine.perf.verify.history;

import io.peregrine.perf.linear.Call;
import io.peregrine.perf.linear.Step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all clients did, as one history.
 *
 * @param attempts in the order in which they were invoked.
 */
public record History(List<Attempt> attempts)
{
    /**
     * Puts attempts in order.
     */
    public History
    {
        attempts = attempts.stream().sorted(Comparator.comparingLong(Attempt::invokedNs)).toList();
    }

    /**
     * Read the logs of clients.
     *
     * @param logs of clients, one each.
     * @return the history.
     */
    public static History read(final List<Path> logs)
    {
        final List<String> texts = new ArrayList<>();
        for (final Path log : logs)
        {
            try
            {
                texts.add(Files.readString(log, StandardCharsets.US_ASCII));
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException("the log of a client cannot be read: " + log, ex);
            }
        }

        return of(texts);
    }

    /**
     * Put the logs of clients together. Each client has a process number of its own, and another one after each
     * unknown outcome.
     *
     * @param logs of clients.
     * @return the history.
     */
    static History of(final List<String> logs)
    {
        final Map<String, Integer> numbers = new HashMap<>();
        final List<Attempt> all = new ArrayList<>();
        for (int i = 0; i < logs.size(); i++)
        {
            for (final Attempt attempt : Lines.read(logs.get(i)))
            {
                final int number = numbers.computeIfAbsent(i + "/" + attempt.process(), life -> numbers.size());
                all.add(new Attempt(
                    number, attempt.operation(), attempt.invokedNs(), attempt.returnedNs(), attempt.told()));
            }
        }

        return new History(all);
    }

    /**
     * For the judge of entries. What did not happen is not among them, nor are reads without an answer.
     *
     * @return the calls.
     */
    public List<Call> calls()
    {
        final List<Call> calls = new ArrayList<>();
        for (final Attempt attempt : ofEntries())
        {
            final Step step = step(attempt.operation(), attempt.told());
            final int process = attempt.process();
            final long invoked = attempt.invokedNs();
            switch (attempt.outcome())
            {
                case OK -> calls.add(Call.done(process, invoked, attempt.returnedNs(), step));
                case NOT_DONE -> calls.add(Call.notDone(process, invoked, attempt.returnedNs(), step));
                case UNKNOWN ->
                {
                    if (!attempt.operation().isRead())
                    {
                        calls.add(Call.unknown(process, invoked, step));
                    }
                }
                default ->
                {
                }
            }
        }

        return calls;
    }

    /**
     * What was asked of entries.
     *
     * @return in the order in which they were invoked.
     */
    public List<Attempt> ofEntries()
    {
        return attempts.stream().filter((attempt) -> attempt.operation().isOfEntry()).toList();
    }

    /**
     * What was asked of locks.
     *
     * @return in the order in which they were invoked.
     */
    public List<Attempt> ofLocks()
    {
        return attempts.stream().filter((attempt) -> attempt.operation().isOfLock()).toList();
    }

    /**
     * What was asked of semaphores.
     *
     * @return in the order in which they were invoked.
     */
    public List<Attempt> ofPermits()
    {
        return attempts.stream().filter((attempt) -> attempt.operation().isOfPermits()).toList();
    }

    /**
     * When each process was told for the last time that something was done: it was not stopped before.
     *
     * @return by the numbers of processes.
     */
    public Map<Integer, Long> lastDoneNs()
    {
        final Map<Integer, Long> lastNs = new HashMap<>();
        attempts.stream().filter((attempt) -> attempt.outcome() == Outcome.OK)
            .forEach((attempt) -> lastNs.merge(attempt.process(), attempt.returnedNs(), Math::max));
        return lastNs;
    }

    private static Step step(final Operation operation, final Told told)
    {
        final Step step = switch (operation.function())
        {
            case READ -> Step.read(operation.key(), told.before());
            case WRITE -> operation.value() == null ?
                Step.remove(operation.key()) : Step.put(operation.key(), operation.value());
            case CAS -> operation.value() == null ?
                new Step(operation.key(), Step.Condition.EQUALS, operation.expected(), Step.Effect.REMOVE, null,
                    Step.Sight.NONE, null) :
                Step.compareAndSet(operation.key(), operation.expected(), operation.value());
            default -> throw new IllegalArgumentException("not of an entry: " + operation);
        };
        return told.isTold() ? step.sawBefore(told.before()) : step;
    }

    /**
     * What the grid said never works as asked, though nothing here is asked in vain.
     *
     * @return each message, and how often it came.
     */
    public SortedMap<String, Integer> failures()
    {
        final SortedMap<String, Integer> failures = new TreeMap<>();
        attempts.stream().map((attempt) -> attempt.told().failure()).filter(Objects::nonNull)
            .forEach((failure) -> failures.merge(failure, 1, Integer::sum));
        return failures;
    }

    /**
     * How many had an outcome.
     *
     * @param outcome to count.
     * @return their number.
     */
    public long count(final Outcome outcome)
    {
        return attempts.stream().filter(attempt -> attempt.outcome() == outcome).count();
    }
}
