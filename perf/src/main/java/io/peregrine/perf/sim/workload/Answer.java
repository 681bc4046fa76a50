package io.peregrine.perf.sim.workload;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.Reason;
import io.peregrine.perf.linear.Fate;
import io.peregrine.perf.linear.Step;
import io.peregrine.storage.log.Sequences;

import java.util.List;

/**
 * An answer, read.
 *
 * @param refusal    which of three kinds of refusal it is, or null.
 * @param reason     of the refusal, or null.
 * @param fate       what became of the commands, where it is no refusal.
 * @param steps      the commands with what was seen.
 * @param seen       entries that are there after it, or at a read.
 * @param next       cursor of a scan; the session that is open; or how old at most what was read is.
 */
record Answer(AnswerKind refusal, Reason reason, Fate fate, List<Step> steps, List<Seen> seen, long next)
{
    private static final int SHOWN = 4;

    @Override
    public String toString()
    {
        if (refusal != null)
        {
            return refusal + " " + reason;
        }

        final int more = steps.size() - SHOWN;
        return fate + " " + (more <= 0 ? steps : steps.subList(0, SHOWN) + " and " + more + " more") +
            (seen.size() == 1 ? " v" + Sequences.toString(seen.get(0).version()) : "");
    }

    static Answer refused(final AnswerKind kind, final Reason reason)
    {
        return new Answer(kind, reason, Fate.UNKNOWN, List.of(), List.of(), 0);
    }

    static Answer done(final Fate fate, final List<Step> steps, final List<Seen> seen)
    {
        return new Answer(null, null, fate, steps, seen, 0);
    }

    static Answer next(final List<Step> steps, final List<Seen> seen, final long next)
    {
        return new Answer(null, null, Fate.DONE, steps, seen, next);
    }
}
