package io.peregrine.perf.verify.report;

import io.peregrine.node.command.Json;
import io.peregrine.perf.verify.fault.Fault;
import io.peregrine.perf.verify.fault.FaultSchedule.Begun;
import io.peregrine.perf.verify.history.History;
import io.peregrine.perf.verify.history.Outcome;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * What a run came to.
 *
 * @param finding   of the judge.
 * @param workloads that ran, in words without blanks.
 * @param faults    that began.
 * @param waitedNs  that faults did beyond when they were due.
 * @param history   of all clients.
 * @param losses    that the grid reported.
 * @param outages   that were seen.
 * @param seed      of the run.
 */
public record Report(
    Judge.Finding finding,
    List<String> workloads,
    List<Begun> faults,
    long waitedNs,
    History history,
    List<Loss> losses,
    Outages outages,
    long seed)
{
    private static final double NS_PER_MS = 1e6;
    private static final int MOST_FAILURES = 10;

    /**
     * Operations that took effect or were carried out and changed nothing.
     *
     * @return their number.
     */
    public long acknowledged()
    {
        return history.count(Outcome.OK) + history.count(Outcome.NOT_DONE);
    }

    /**
     * For machines.
     *
     * @return one line.
     */
    public String json()
    {
        return new Json()
            .field("verdict", finding.verdict().word())
            .field("workloads", workloads)
            .field("faults", faults.size())
            .field("acknowledged", acknowledged())
            .field("refused", history.count(Outcome.REFUSED))
            .field("unknown", history.count(Outcome.UNKNOWN))
            .field("lost", losses.size())
            .field("outages", outages.count())
            .field("outage_p50_ms", outages.p50Ms())
            .field("outage_max_ms", outages.maxMs())
            .field("waited_ms", waitedNs / NS_PER_MS)
            .field("seed", seed)
            .toString();
    }

    /**
     * For people.
     *
     * @return lines.
     */
    public String text()
    {
        final TreeMap<String, Integer> kinds = new TreeMap<>();
        faults.stream().map(Begun::fault).map(Fault::kind).forEach((kind) -> kinds.merge(kind.word(), 1, Integer::sum));
        return String.format(Locale.ROOT, "  faults        %d %s; waited %.0f ms until every partition had a copy to " +
            "spare%n  operations    %,d acknowledged, %,d refused, %,d unknown%n  outages       %d, p50 %.0f ms, " +
            "longest %.0f ms%s%n%s  lost          %s%n  verdict       %s: %s%s (seed %d)%n",
            faults.size(), kinds, waitedNs / NS_PER_MS, acknowledged(), history.count(Outcome.REFUSED),
            history.count(Outcome.UNKNOWN), outages.count(), outages.p50Ms(), outages.maxMs(),
            outages.text(), failures(),
            losses.isEmpty() ? "nothing" : losses.size() + " losses, each reported by the grid",
            finding.verdict().word(), finding.verdict().meaning(),
            finding.because().isEmpty() ? "" : ": " + finding.because(), seed);
    }

    /**
     * Lines of what was answered as failed, of which there should be none.
     */
    private String failures()
    {
        final StringBuilder lines = new StringBuilder();
        history.failures().entrySet().stream().limit(MOST_FAILURES).forEach((failure) -> lines.append(String.format(
            Locale.ROOT, "  failed        %,d times: %s%n", failure.getValue(), failure.getKey())));
        return lines.toString();
    }
}
