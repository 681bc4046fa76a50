package io.peregrine.perf.sim.workload;

import io.peregrine.perf.linear.Call;
import io.peregrine.perf.linear.Fate;
import io.peregrine.perf.linear.Judgement;
import io.peregrine.perf.linear.Linearizability;
import io.peregrine.perf.linear.Step;
import io.peregrine.perf.sim.world.Timeline;
import io.peregrine.perf.sim.world.Violation;
import io.peregrine.storage.map.MapStore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What all clients asked and were told, and the judgement on it.
 */
public final class History
{
    private static final long LIMIT = 300_000;
    private static final int DRIFT = 64;
    private static final int SHOWN = 6;

    private final Timeline timeline;
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Mortal> mortals = new HashMap<>();
    private final Versions versions = new Versions();
    private final Keys keys;
    private final Losses losses;
    private final Lasting lasting;
    private final long[] writes;
    private long answered;
    private long unknown;

    /**
     * A value that ends by itself.
     */
    private record Mortal(String key, String value, long endsNs)
    {
    }

    /**
     * @param timeline of the run.
     * @param keys     that are asked about.
     */
    public History(final Timeline timeline, final Keys keys)
    {
        this.timeline = timeline;
        this.keys = keys;
        this.losses = new Losses(keys);
        this.lasting = new Lasting(keys);
        this.writes = new long[keys.partitions()];
    }

    /**
     * @return requests that were answered.
     */
    public long answered()
    {
        return answered;
    }

    /**
     * @return writes of which nobody knows whether they happened.
     */
    public long unknown()
    {
        return unknown;
    }

    /**
     * @param partition number of it.
     * @return writes to it that were answered.
     */
    public long writes(final int partition)
    {
        return writes[partition];
    }

    /**
     * @param partition of which it is decided that what it held is lost.
     */
    public void onLoss(final int partition)
    {
        losses.add(partition, timeline.nowNs());
        lasting.onLoss(partition);
    }

    void answered(final int client, final Asking asking, final Answer answer)
    {
        answered++;
        final long now = timeline.nowNs();
        final long begin = asking.kind == Asking.Kind.READ ? begin(asking, answer.next()) : asking.invokedNs;
        if (asking.kind == Asking.Kind.SCAN)
        {
            for (final Step step : answer.steps())
            {
                calls.add(Call.done(client, asking.invokedNs, now, step));
            }
            asking.scan.add(answer.seen());
            if (answer.next() == MapStore.SCAN_END)
            {
                lasting.scanned(asking.partition, asking.scan);
                addMissing(client, asking);
            }
        }
        else
        {
            calls.add(new Call(client, begin, now, answer.fate(), answer.steps()));
        }
        for (final Seen seen : answer.seen())
        {
            versions.saw(seen.key(), begin, now, seen.version());
        }
        if (asking.isWrite())
        {
            writes[asking.partition]++;
            keys.done(asking.items);
            asking.items.forEach((item) -> lasting.answered(item, answer.fate(), now));
            noteMortals(asking);
        }
    }

    /**
     * A value with an end that a scan did not return was not there at some time during it.
     */
    private void addMissing(final int client, final Asking asking)
    {
        final String key = keys.mortalOf(asking.partition);
        if (!asking.scan.keys.contains(key))
        {
            calls.add(Call.done(client, asking.scan.beganNs, timeline.nowNs(), Step.read(key, null)));
        }
    }

    /**
     * What a copy tells was the latest at some time between the age that it names and its answer, as if it had been
     * asked so much earlier.
     */
    private static long begin(final Asking asking, final long ageNs)
    {
        if (ageNs > asking.boundNs)
        {
            throw new Violation("a read was to be no older than " + asking.boundNs + " ns, and is " + ageNs);
        }

        return asking.invokedNs - ageNs - ageNs / DRIFT;
    }

    void unknown(final int client, final Asking asking)
    {
        unknown++;
        final List<Step> steps = asking.items.stream().map((item) -> item.step(0)).toList();
        calls.add(new Call(client, asking.invokedNs, Call.NEVER, Fate.UNKNOWN, steps));
        noteMortals(asking);
    }

    /**
     * Throws where no order of the calls explains them.
     *
     * @return whether the search came to an end.
     */
    public boolean judge()
    {
        versions.check();
        final List<Call> all = new ArrayList<>(calls);
        addEnds(all);
        boolean isDecided = true;
        for (final List<Call> part : losses.split(all))
        {
            final Judgement judgement = Linearizability.judge(part, LIMIT);
            if (judgement.verdict() == Judgement.Verdict.VIOLATED)
            {
                final StringBuilder text = new StringBuilder("no order explains these calls after those before them:");
                judgement.stuck().stream()
                    .sorted(Comparator.comparing((call) -> call.returned() == Call.NEVER))
                    .limit(SHOWN)
                    .forEach((call) -> text.append("\n    ").append(call));
                throw new Violation(text.toString());
            }
            isDecided &= judgement.verdict() == Judgement.Verdict.LINEARIZABLE;
        }
        return isDecided;
    }

    /**
     * A value that has an end is removed at some time after it, if anybody did not find it then.
     */
    private void addEnds(final List<Call> all)
    {
        final Map<String, Long> lastAbsent = new HashMap<>();
        for (final Call call : calls)
        {
            for (final Step step : call.steps())
            {
                if (step.key().charAt(0) == Keys.MORTAL && step.sight() == Step.Sight.BEFORE && step.seen() == null)
                {
                    lastAbsent.merge(step.key(), call.returned(), Math::max);
                }
            }
        }
        for (final Mortal mortal : mortals.values())
        {
            if (lastAbsent.getOrDefault(mortal.key(), 0L) >= mortal.endsNs())
            {
                all.add(Call.unknown(-1, mortal.endsNs(), new Step(
                    mortal.key(),
                    Step.Condition.EQUALS,
                    mortal.value(),
                    Step.Effect.REMOVE,
                    null,
                    Step.Sight.NONE,
                    null)));
            }
        }
    }

    private void noteMortals(final Asking asking)
    {
        for (final Item item : asking.items)
        {
            if (item.ttlNs() > 0)
            {
                final long earliest = asking.invokedNs + item.ttlNs() - item.ttlNs() / DRIFT;
                mortals.put(item.value(), new Mortal(item.key(), item.value(), earliest));
            }
        }
    }
}
