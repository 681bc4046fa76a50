package io.peregrine.perf.linear;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The judge. All keys are absent before the first call.
 */
public final class Linearizability
{
    /**
     * Configurations that a search enters before it gives up, where nothing else is said.
     */
    public static final long LIMIT = 2_000_000;

    private Linearizability()
    {
    }

    /**
     * Judge a history.
     *
     * @param history in any order.
     * @return the judgement.
     */
    public static Judgement judge(final List<Call> history)
    {
        return judge(history, LIMIT);
    }

    /**
     * Judge a history.
     *
     * @param history in any order.
     * @param limit   on the configurations that the search enters for each group of connected keys.
     * @return the judgement.
     */
    public static Judgement judge(final List<Call> history, final long limit)
    {
        long work = 0;
        boolean undecided = false;
        for (final List<Call> connected : split(history))
        {
            final Search search = new Search(Unknowns.narrow(connected));
            final Boolean explained = search.run(limit);
            work += search.work();
            if (explained == null)
            {
                undecided = true;
            }
            else if (!explained)
            {
                return new Judgement(Judgement.Verdict.VIOLATED, search.stuck(), work);
            }
        }

        return new Judgement(
            undecided ? Judgement.Verdict.UNDECIDED : Judgement.Verdict.LINEARIZABLE, List.of(), work);
    }

    /**
     * Keys that a call names together are connected, and so on.
     */
    private static Iterable<List<Call>> split(final List<Call> history)
    {
        final Map<String, String> parents = new HashMap<>();
        for (final Call call : history)
        {
            final String first = root(parents, call.steps().get(0).key());
            for (final Step step : call.steps())
            {
                parents.put(root(parents, step.key()), first);
            }
        }

        final Map<String, List<Call>> groups = new LinkedHashMap<>();
        for (final Call call : history)
        {
            groups.computeIfAbsent(root(parents, call.steps().get(0).key()), key -> new ArrayList<>()).add(call);
        }

        return groups.values();
    }

    private static String root(final Map<String, String> parents, final String key)
    {
        String root = key;
        String parent = parents.getOrDefault(root, root);
        while (!parent.equals(root))
        {
            root = parent;
            parent = parents.getOrDefault(root, root);
        }
        parents.put(key, root);
        return root;
    }
}
