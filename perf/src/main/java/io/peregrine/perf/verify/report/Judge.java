package io.peregrine.perf.verify.report;

import io.peregrine.node.partition.CopyCheck;
import io.peregrine.perf.linear.Call;
import io.peregrine.perf.linear.Judgement;
import io.peregrine.perf.linear.Linearizability;
import io.peregrine.perf.verify.history.History;

import java.util.ArrayList;
import java.util.List;

/**
 * Judges a run.
 */
public final class Judge
{
    private static final int MOST_STUCK = 5;

    private Judge()
    {
    }

    /**
     * What was found.
     *
     * @param verdict of the run.
     * @param because for people: the calls that cannot be explained; empty for a good run.
     */
    public record Finding(Verdict verdict, String because)
    {
    }

    /**
     * Judge a run.
     *
     * @param history    of all clients; all keys are absent before it.
     * @param losses     that the grid reported.
     * @param mayLose    whether the faults of the run were such that it may.
     * @param answers    whether the grid answered for every partition after all faults were over.
     * @param partitions of the grid.
     * @return what was found.
     */
    public static Finding judge(
        final History history,
        final List<Loss> losses,
        final boolean mayLose,
        final boolean answers,
        final Partitions partitions)
    {
        final List<Call> calls = new ArrayList<>(history.calls());
        losses.forEach((loss) -> calls.addAll(loss.calls(history.ofEntries(), partitions)));
        final List<String> wrong = new ArrayList<>(LockJudge.judge(history, losses.isEmpty()));
        wrong.addAll(PermitJudge.judge(history, losses.isEmpty()));
        if (!wrong.isEmpty())
        {
            return new Finding(Verdict.VIOLATION, String.join("; ", wrong));
        }

        final Judgement judgement = Linearizability.judge(calls);
        return switch (judgement.verdict())
        {
            case VIOLATED -> new Finding(Verdict.VIOLATION, stuck(judgement));
            case UNDECIDED -> new Finding(Verdict.UNDECIDED, "");
            case LINEARIZABLE -> !losses.isEmpty() && !mayLose ? new Finding(Verdict.LOST, losses.toString()) :
                new Finding(answers ? Verdict.LINEARIZABLE : Verdict.UNANSWERED, "");
        };
    }

    /**
     * Judge the copies too.
     *
     * @param finding of the history.
     * @param copies  what comparing them came to.
     * @return what was found in all.
     */
    public static Finding judge(final Finding finding, final CopyCheck copies)
    {
        if (!finding.verdict().isGood())
        {
            return finding;
        }
        return switch (copies.finding())
        {
            case EQUAL -> finding;
            case UNEQUAL -> new Finding(Verdict.UNEQUAL, copies.because());
            case APART -> new Finding(Verdict.UNCOMPARED, copies.because());
        };
    }

    private static String stuck(final Judgement judgement)
    {
        final StringBuilder text = new StringBuilder();
        judgement.stuck().stream().limit(MOST_STUCK)
            .forEach((call) -> text.append(text.isEmpty() ? "" : "; ").append(call));
        return text.toString();
    }
}
