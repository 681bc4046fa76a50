package io.peregrine.perf.verify.report;

import io.peregrine.perf.linear.Call;
import io.peregrine.perf.verify.fault.FaultSchedule.Begun;
import io.peregrine.perf.verify.history.Attempt;
import io.peregrine.perf.verify.history.Outcome;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * How long partitions did not answer. An outage of a partition begins when something is asked of it that is not
 * answered within {@link #NOTICED_NS}, and ends with the next answer to anything that was asked of it since. Each is
 * put down to the last fault that began before its end; of each fault the longest counts.
 *
 * @param longestNs for each fault that put a partition out, in order of length.
 */
public record Outages(List<Long> longestNs)
{
    /**
     * Answers that take less time are no outage.
     */
    public static final long NOTICED_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final double NS_PER_MS = 1e6;

    private record Span(long fromNs, long toNs)
    {
        long lengthNs()
        {
            return toNs - fromNs;
        }
    }

    /**
     * Find them.
     *
     * @param attempts   of the history, in the order in which they were invoked.
     * @param faults     in the order in which they began.
     * @param partitions of the grid.
     * @param endNs      of the run: what has not ended by then, ends there.
     * @return the outages.
     */
    public static Outages find(
        final List<Attempt> attempts, final List<Begun> faults, final Partitions partitions, final long endNs)
    {
        final List<List<Attempt>> byPartition = new ArrayList<>();
        for (int i = 0; i < partitions.count(); i++)
        {
            byPartition.add(new ArrayList<>());
        }
        attempts.forEach((attempt) -> byPartition.get(partitions.of(attempt.operation().key())).add(attempt));

        final long[] longest = new long[faults.size()];
        for (final List<Attempt> ofOne : byPartition)
        {
            for (final Span span : spans(ofOne, endNs))
            {
                final int fault = lastBefore(faults, span.toNs());
                if (fault >= 0)
                {
                    longest[fault] = Math.max(longest[fault], span.lengthNs());
                }
            }
        }

        return new Outages(Arrays.stream(longest).filter((length) -> length > 0).sorted().boxed().toList());
    }

    /**
     * @param attempts of one partition, in the order in which they were invoked.
     */
    private static List<Span> spans(final List<Attempt> attempts, final long endNs)
    {
        final List<Attempt> answers = attempts.stream().filter(Outages::isAnswer)
            .sorted(Comparator.comparingLong(Attempt::returnedNs)).toList();
        final List<Span> spans = new ArrayList<>();
        long upTo = Long.MIN_VALUE;
        for (final Attempt attempt : attempts)
        {
            if (attempt.invokedNs() >= upTo && isLate(attempt))
            {
                final long from = attempt.invokedNs();
                upTo = Math.max(from, firstAnswer(answers, from, endNs));
                if (upTo - from > NOTICED_NS)
                {
                    spans.add(new Span(from, upTo));
                }
            }
        }

        return spans;
    }

    private static long firstAnswer(final List<Attempt> answers, final long fromNs, final long endNs)
    {
        int low = 0;
        int high = answers.size();
        while (low < high)
        {
            final int middle = low + high >>> 1;
            if (answers.get(middle).returnedNs() > fromNs)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }
        for (int i = low; i < answers.size(); i++)
        {
            if (answers.get(i).invokedNs() >= fromNs)
            {
                return answers.get(i).returnedNs();
            }
        }

        return endNs;
    }

    private static boolean isAnswer(final Attempt attempt)
    {
        return attempt.outcome() == Outcome.OK || attempt.outcome() == Outcome.NOT_DONE;
    }

    private static boolean isLate(final Attempt attempt)
    {
        return !isAnswer(attempt) || attempt.returnedNs() == Call.NEVER ||
            attempt.returnedNs() - attempt.invokedNs() > NOTICED_NS;
    }

    private static int lastBefore(final List<Begun> faults, final long ns)
    {
        int last = -1;
        for (int i = 0; i < faults.size() && faults.get(i).beganNs() - ns < 0; i++)
        {
            last = i;
        }
        return last;
    }

    /**
     * How many faults put a partition out.
     *
     * @return their number.
     */
    public int count()
    {
        return longestNs.size();
    }

    /**
     * The middle one.
     *
     * @return milliseconds, 0 where there is none.
     */
    public double p50Ms()
    {
        return longestNs.isEmpty() ? 0 : longestNs.get((longestNs.size() - 1) / 2) / NS_PER_MS;
    }

    /**
     * For people.
     *
     * @return how long each lasted; empty where there is none.
     */
    String text()
    {
        return longestNs.isEmpty() ? "" : longestNs.stream()
            .map((length) -> String.format(Locale.ROOT, "%.0f", length / NS_PER_MS))
            .collect(Collectors.joining(" ", ": ", ""));
    }

    /**
     * The longest.
     *
     * @return milliseconds, 0 where there is none.
     */
    public double maxMs()
    {
        return longestNs.isEmpty() ? 0 : longestNs.get(longestNs.size() - 1) / NS_PER_MS;
    }
}
