package io.peregrine.node.gateway;

import java.util.ArrayList;

/**
 * The links with answers that wait for room. On the data agent's thread.
 */
final class DelayedEnds
{
    private final ArrayList<LinkEnd> ends = new ArrayList<>();
    private volatile boolean isEmpty = true;

    /**
     * @return whether no answer waits. Any thread; of the moment.
     */
    boolean isEmpty()
    {
        return isEmpty;
    }

    void add(final LinkEnd end)
    {
        ends.add(end);
        isEmpty = false;
    }

    void remove(final LinkEnd end)
    {
        ends.remove(end);
        isEmpty = ends.isEmpty();
    }

    int size()
    {
        return ends.size();
    }

    LinkEnd get(final int index)
    {
        return ends.get(index);
    }

    /**
     * @return answers sent to their end.
     */
    int send(final long nowNs)
    {
        int work = 0;
        for (int i = ends.size() - 1; i >= 0; i--)
        {
            final LinkEnd end = ends.get(i);
            work += end.sendBacklog(nowNs);
            if (!end.isDelayed())
            {
                final LinkEnd last = ends.remove(ends.size() - 1);
                if (i < ends.size())
                {
                    ends.set(i, last);
                }
            }
        }

        isEmpty = ends.isEmpty();
        return work;
    }
}
