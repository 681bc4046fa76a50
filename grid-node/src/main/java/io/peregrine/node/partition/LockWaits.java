package io.peregrine.node.partition;

import io.peregrine.client.codec.LockStatus;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.control.Assignment;
import io.peregrine.node.replication.Rules;
import io.peregrine.storage.lock.LockListener;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Those who asked to be told when they wait in line for a lock no longer, by their tickets: woken by the entry that
 * gives them the lock, or takes them out of the line. Each is in a line of this partition, so there are never more than
 * may wait there; whoever asks again takes the place of its earlier question. Data agent's thread, at the primary only:
 * the lines are state of the partition, and who waits asks the next primary.
 */
final class LockWaits implements LockListener
{
    private final Long2ObjectHashMap<Question> byTicket = new Long2ObjectHashMap<>();
    private final Rules rules;
    private Copy copy;
    private Replies replies;

    LockWaits(final Rules rules)
    {
        this.rules = rules;
    }

    /**
     * @param time of the partition when it was asked.
     */
    private record Question(long correlationId, MessageSink sink, long time)
    {
    }

    /**
     * Hold an answer back until the one waits no longer.
     *
     * @param of            partition of the lock.
     * @param through       for the answer.
     * @param ticket        with which it waits.
     * @param correlationId of the question.
     * @param sink          for the answer.
     * @param time          of the partition now.
     */
    void add(
        final Copy of,
        final Replies through,
        final long ticket,
        final long correlationId,
        final MessageSink sink,
        final long time)
    {
        copy = of;
        replies = through;
        final Question before = byTicket.put(ticket, new Question(correlationId, sink, time));
        if (before != null && before.correlationId == correlationId)
        {
            before.sink.waive();
        }
        else if (before != null)
        {
            answer(before, LockStatus.QUEUED, ticket, 0);
        }
    }

    @Override
    public void onWaited(final long ticket, final long fence, final long end)
    {
        final Question question = byTicket.remove(ticket);
        if (question != null && fence != 0)
        {
            final long remaining = rules.remaining(end, copy.store().time(), question.time);
            answer(question, LockStatus.DONE, fence, remaining);
        }
        else if (question != null)
        {
            answer(question, LockStatus.HELD, 0, 0);
        }
    }

    /**
     * Another member leads: whoever waits asks there.
     *
     * @param leader that is known.
     */
    void dismiss(final Assignment leader)
    {
        for (final Question question : byTicket.values())
        {
            replies.redirect(question.sink, copy.id, question.correlationId, leader, false);
        }

        byTicket.clear();
    }

    private void answer(final Question question, final LockStatus status, final long fence, final long remaining)
    {
        replies.lock(question.sink, copy.id, question.correlationId, status, fence, remaining);
        question.sink.commit();
    }
}
