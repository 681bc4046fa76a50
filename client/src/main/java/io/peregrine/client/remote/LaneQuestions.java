package io.peregrine.client.remote;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.OpenSessionReplyDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.RedirectDecoder;
import io.peregrine.client.codec.RefusalDecoder;
import io.peregrine.client.codec.StructureReplyDecoder;
import io.peregrine.client.codec.TableReplyDecoder;
import org.agrona.DirectBuffer;

/**
 * What comes of the questions that a lane asks itself: for the table, for sessions, and for structures in another
 * grid's memory. The lane's thread, without garbage in steady state.
 */
final class LaneQuestions
{
    private static final int ROOT = MessageHeaderDecoder.ENCODED_LENGTH;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RefusalDecoder refusal = new RefusalDecoder();
    private final OpenSessionReplyDecoder opened = new OpenSessionReplyDecoder();
    private final RedirectDecoder redirect = new RedirectDecoder();
    private final TableReplyDecoder table = new TableReplyDecoder();
    private final LaneCore core;
    private final Retained requests;
    private final LaneSessions sessions;
    private final LaneSending sending;
    private final RemoteStructures structures;
    private Way way;

    LaneQuestions(final LaneCore core, final LaneSending sending, final RemoteStructures structures)
    {
        this.core = core;
        this.sending = sending;
        this.structures = structures;
        requests = core.requests();
        sessions = core.sessions();
    }

    /**
     * An answer came to a question of the lane itself.
     *
     * @param by the way by which it came.
     */
    void onAnswer(final Way by, final long id, final DirectBuffer buffer, final int offset)
    {
        way = by;
        header.wrap(buffer, offset);
        final int template = header.templateId();
        final int number = LaneIds.number(id);
        switch (LaneIds.kind(id))
        {
            case LaneIds.TABLE:
                if (template == TableReplyDecoder.TEMPLATE_ID)
                {
                    onTable(number, table.wrapAndApplyHeader(buffer, offset, header));
                }
                break;

            case LaneIds.OPEN_SESSION:
                if (number >= 0 && number < core.settings().partitions())
                {
                    onSession(sessions.of(number), template, buffer, offset);
                }
                break;

            case LaneIds.REOPEN:
                sending.forgetReopening();
                onReopened(number, template, buffer, offset);
                break;

            default:
                break;
        }
    }

    /**
     * What is told goes on from where it was asked, so that questions for the rest of it come to an end.
     */
    private void onTable(final int askedFrom, final TableReplyDecoder reply)
    {
        final int next = reply.next();
        if (reply.from() == askedFrom && (next < 0 || next > askedFrom))
        {
            core.ways().questions().onTable(way, reply);
        }
        else
        {
            core.onMalformed();
        }
    }

    private void onSession(
        final PartitionSession session, final int template, final DirectBuffer buffer, final int offset)
    {
        final boolean asked = session.state == PartitionSession.State.OPENING;
        if (template == OpenSessionReplyDecoder.TEMPLATE_ID)
        {
            final long sessionId = opened.wrapAndApplyHeader(buffer, offset, header).sessionId();
            if (sessionId <= 0)
            {
                core.onMalformed();
            }
            else if (asked)
            {
                session.opened(sessionId);
            }
            else if (sessionId != session.id)
            {
                sessions.onSurplus(session.partition, sessionId);
            }
        }
        else if (asked && template == RefusalDecoder.TEMPLATE_ID)
        {
            session.state = PartitionSession.State.NONE;
            refusal.wrap(buffer, offset + ROOT, header.blockLength(), header.version());
            onSessionRefused(session, reason());
        }
        else if (asked && template == RedirectDecoder.TEMPLATE_ID)
        {
            session.state = PartitionSession.State.NONE;
            core.ways().onRedirect(way, 0, redirect.wrapAndApplyHeader(buffer, offset, header));
        }
    }

    private void onSessionRefused(final PartitionSession session, final Reason reason)
    {
        if (LaneAnswers.isNotHeard(reason) || reason == Reason.BACK_PRESSURE)
        {
            core.ways().onNotServed(way, session.partition, 0, true, false);
            return;
        }
        for (long id = requests.oldestId(); id < requests.nextId(); id++)
        {
            final int slot = requests.slot(id);
            if (requests.states[slot] == Retained.UNSENT && requests.partitions[slot] == session.partition &&
                requests.kinds[slot] == RequestKind.WRITE && requests.numbers[slot] == 0)
            {
                core.finish(id, AnswerKind.REFUSED, reason);
            }
        }
    }

    private void onReopened(final int local, final int template, final DirectBuffer buffer, final int offset)
    {
        if (template == StructureReplyDecoder.TEMPLATE_ID && AnswerForm.isOpened(buffer, offset))
        {
            structures.reopened(local, way.gridId(), OwnAnswers.openedId(buffer, offset));
        }
        else if (template == RefusalDecoder.TEMPLATE_ID)
        {
            refusal.wrap(buffer, offset + ROOT, header.blockLength(), header.version());
            final Reason reason = reason();
            if (LaneAnswers.isNotHeard(reason) || reason == Reason.BACK_PRESSURE ||
                reason == Reason.TOO_MANY_STRUCTURES)
            {
                core.pause();
            }
            else
            {
                structures.failed(local, new RemoteStructures.Failure(AnswerKind.FAILED, reason));
            }
        }
        else if (template == RedirectDecoder.TEMPLATE_ID)
        {
            core.ways().onRedirect(way, 0, redirect.wrapAndApplyHeader(buffer, offset, header));
        }
    }

    private Reason reason()
    {
        return Reason.get(refusal.reasonRaw());
    }
}
