package io.peregrine.node.cluster;

import io.peregrine.node.control.Change;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlResult;
import io.peregrine.node.control.wire.HostMessage;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Commands that were asked for and are not answered yet: sent again, or given up. What was sent to one who leads no
 * longer may be lost, so the next one is sent it too, unless it is old. Pure; one thread.
 */
final class Asks
{
    /**
     * Without an answer for so long nobody is taken to be reached.
     */
    static final long SILENCE_NS = TimeUnit.SECONDS.toNanos(1);

    /**
     * Without an answer for so long the session is given up.
     */
    static final long LOST_NS = TimeUnit.SECONDS.toNanos(4);

    private static final long AGAIN_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long GIVE_UP_NS = TimeUnit.SECONDS.toNanos(30);

    private final Map<Long, Ask> open = new LinkedHashMap<>();
    private long correlation;

    /**
     * @param command to decide.
     * @param answer  told once; null where nobody wants to know, and it is sent but once to each who leads.
     */
    record Wish(ControlCommand command, Consumer<ControlResult> answer)
    {
        /**
         * @return wishes that each fit into a message and together ask for the same.
         */
        List<Wish> split()
        {
            if (!(command instanceof ControlCommand.ChangePartitions change) ||
                change.changes().size() <= Pieces.MOST_CHANGES)
            {
                return List.of(this);
            }

            final List<Wish> wishes = new ArrayList<>();
            final List<Change> changes = change.changes();
            for (int from = 0; from < changes.size(); from += Pieces.MOST_CHANGES)
            {
                final int to = Math.min(changes.size(), from + Pieces.MOST_CHANGES);
                wishes.add(new Wish(
                    new ControlCommand.ChangePartitions(change.proposer(), changes.subList(from, to)),
                    to == changes.size() ? answer : null));
            }

            return wishes;
        }
    }

    private static final class Ask
    {
        private final Wish wish;
        private final long beganNs;
        private long firstSentNs;
        private long sentNs;
        private boolean isSent;

        Ask(final Wish wish, final long beganNs)
        {
            this.wish = wish;
            this.beganNs = beganNs;
        }
    }

    /**
     * Sends a message.
     */
    @FunctionalInterface
    interface Sender
    {
        /**
         * @return whether it was handed on.
         */
        boolean send(HostMessage message);
    }

    void add(final Wish wish, final long nowNs)
    {
        for (final Wish part : wish.split())
        {
            open.put(++correlation, new Ask(part, nowNs));
        }
    }

    /**
     * @param isOpen whether there is somebody to send to.
     */
    int work(final boolean isOpen, final Sender sender, final long nowNs)
    {
        int work = 0;
        final List<Ask> over = new ArrayList<>();
        final Iterator<Map.Entry<Long, Ask>> all = open.entrySet().iterator();
        while (all.hasNext())
        {
            final Map.Entry<Long, Ask> entry = all.next();
            final Ask ask = entry.getValue();
            final boolean isWanted = ask.wish.answer() != null;
            if (nowNs - ask.beganNs >= (isWanted ? GIVE_UP_NS : LOST_NS) || !isWanted && !isOpen && !ask.isSent)
            {
                all.remove();
                over.add(ask);
            }
            else if (isOpen && (!ask.isSent || isWanted && nowNs - ask.sentNs >= AGAIN_NS) &&
                sender.send(new HostMessage.Request(entry.getKey(), ask.wish.command())))
            {
                ask.firstSentNs = ask.isSent ? ask.firstSentNs : nowNs;
                ask.sentNs = nowNs;
                ask.isSent = true;
                work++;
            }
        }
        over.forEach(ask -> tell(ask, null));
        return work;
    }

    void onReply(final HostMessage.Reply reply)
    {
        final Ask ask = open.remove(reply.correlation());
        if (ask != null)
        {
            tell(ask, reply.result());
        }
    }

    /**
     * Another session begins: what was sent may be lost, and nobody has been silent in it yet.
     */
    void onSession()
    {
        open.values().forEach(ask -> ask.isSent = false);
    }

    /**
     * @return for how long what was sent in this session has waited for its answer, in nanoseconds; the longest.
     */
    long silenceNs(final long nowNs)
    {
        long longest = 0;
        for (final Ask ask : open.values())
        {
            longest = Math.max(longest, ask.isSent ? nowNs - ask.firstSentNs : 0);
        }

        return longest;
    }

    /**
     * Nobody will answer any more.
     */
    void close()
    {
        final List<Ask> over = new ArrayList<>(open.values());
        open.clear();
        over.forEach(ask -> tell(ask, null));
    }

    private static void tell(final Ask ask, final ControlResult result)
    {
        if (ask.wish.answer() != null)
        {
            ask.wish.answer().accept(result);
        }
    }
}
