package io.peregrine.client.remote;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.FragmentDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.OpenSessionReplyDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.RedirectDecoder;
import io.peregrine.client.codec.RefusalDecoder;
import io.peregrine.client.codec.StructureReplyDecoder;
import io.peregrine.client.codec.TableReplyDecoder;
import io.peregrine.client.port.MessageHandler;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * The receiving half of a lane's rules: which answers are the caller's, and what the others mean. The lane's thread,
 * without garbage in steady state.
 */
final class LaneAnswers
{
    private static final int ROOT = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int SHORTEST = ROOT + Long.BYTES;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RefusalDecoder refusal = new RefusalDecoder();
    private final OpenSessionReplyDecoder opened = new OpenSessionReplyDecoder();
    private final RedirectDecoder redirect = new RedirectDecoder();
    private final TableReplyDecoder table = new TableReplyDecoder();
    private final MessageHandler whole = this::onWhole;
    private final LaneCore core;
    private final LaneIds ids;
    private final Retained requests;
    private final LaneSessions sessions;
    private final LaneSending sending;
    private final RemoteStructures structures;
    private final StructureIds structureIds;
    private MessageHandler handler;
    private Way way;

    LaneAnswers(
        final LaneCore core,
        final LaneIds ids,
        final LaneSending sending,
        final RemoteStructures structures,
        final StructureIds structureIds)
    {
        this.core = core;
        this.ids = ids;
        this.sending = sending;
        this.structures = structures;
        this.structureIds = structureIds;
        requests = core.requests();
        sessions = core.sessions();
    }

    /**
     * A message came for the lane.
     *
     * @param place of the data agent whose it is.
     * @param to    receives it if it is the answer to a request of the caller.
     */
    void onMessage(
        final int place, final DirectBuffer buffer, final int offset, final int length, final MessageHandler to)
    {
        if (length < SHORTEST)
        {
            return;
        }
        handler = to;
        way = core.ways().at(place);
        header.wrap(buffer, offset);
        if (header.schemaId() == MessageHeaderDecoder.SCHEMA_ID && way.isInGrid())
        {
            if (header.templateId() == FragmentDecoder.TEMPLATE_ID)
            {
                way.assembler.onFragment(buffer, offset, header, whole);
            }
            else
            {
                onWhole(buffer, offset, length);
            }
        }
    }

    private void onWhole(final DirectBuffer buffer, final int offset, final int length)
    {
        header.wrap(buffer, offset);
        final int template = header.templateId();
        final long id = buffer.getLong(offset + ROOT, ByteOrder.LITTLE_ENDIAN);
        if (ids.isOwn(id))
        {
            onOwn(id, template, buffer, offset);
            return;
        }
        if (!requests.isKept(id) || requests.states[requests.slot(id)] == Retained.FINISHED)
        {
            return;
        }
        final int slot = requests.slot(id);
        if (template == RefusalDecoder.TEMPLATE_ID)
        {
            onRefusal(id, slot, buffer, offset, length);
        }
        else if (template == RedirectDecoder.TEMPLATE_ID)
        {
            core.ways().onRedirect(way, id, redirect.wrapAndApplyHeader(buffer, offset, header));
        }
        else if (requests.kinds[slot] == RequestKind.READ && isTooEarly(id, sessions.of(requests.partitions[slot])))
        {
            return;
        }
        else if (requests.kinds[slot] == RequestKind.OPEN && template == StructureReplyDecoder.TEMPLATE_ID)
        {
            onOpened(id, slot, buffer, offset, length);
        }
        else
        {
            noteDestroyed(slot, template == StructureReplyDecoder.TEMPLATE_ID);
            hand(id, buffer, offset, length);
        }
    }

    /**
     * Was a read answered before a write that was sent before it? Then that may not have been carried out yet: it is to
     * be sent again, or its answer was dropped on the way. The read has to be asked again, behind it.
     */
    private boolean isTooEarly(final long id, final PartitionSession session)
    {
        if (session.resending > 0)
        {
            core.sendAgain(id);
            return true;
        }
        return !session.isIdle() && session.oldestId(requests) < id;
    }

    private void hand(final long id, final DirectBuffer buffer, final int offset, final int length)
    {
        final int slot = requests.slot(id);
        if (requests.copies[slot] == Table.NOWHERE)
        {
            sessions.of(requests.partitions[slot]).holds = 0;
        }
        core.complete(id);
        handler.onMessage(buffer, offset, length);
    }

    private void onOpened(
        final long id, final int slot, final DirectBuffer buffer, final int offset, final int length)
    {
        final int local = structures.opened(
            requests.buffer(id),
            requests.offsets[slot],
            requests.lengths[slot],
            way.gridId(),
            OwnAnswers.openedId(buffer, offset));
        core.complete(id);
        core.answers().handOpened(buffer, offset, length, local, handler);
    }

    private void onRefusal(
        final long id, final int slot, final DirectBuffer buffer, final int offset, final int length)
    {
        refusal.wrap(buffer, offset + ROOT, header.blockLength(), header.version());
        final Reason reason = reason();
        final boolean again = core.rules().mayBeDoneElsewhere(requests.sends[slot]);
        if (reason == Reason.SESSION_EXPIRED && requests.kinds[slot] == RequestKind.WRITE)
        {
            onExpired(id, slot, again, buffer, offset, length);
        }
        else if (isNotServed(slot, reason))
        {
            core.ways().onNotServed(
                way, requests.partitions[slot], id, refusal.kind() == AnswerKind.REFUSED, false);
        }
        else if (isNotHeard(reason) && (again || isBehindOthers(slot)))
        {
            core.sendAgain(id);
            core.pause();
        }
        else if (reason == Reason.DESTROYED && again && requests.kinds[slot] == RequestKind.DESTROY)
        {
            noteDestroyed(slot, true);
            core.complete(id);
            core.answers().handDestroyed(id, handler);
        }
        else
        {
            noteDestroyed(slot, reason == Reason.DESTROYED);
            hand(id, buffer, offset, length);
        }
    }

    private void onExpired(
        final long id,
        final int slot,
        final boolean again,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        final PartitionSession session = sessions.of(requests.partitions[slot]);
        if (session.state == PartitionSession.State.OPEN && session.id == requests.sessionIds[slot])
        {
            session.state = PartitionSession.State.NONE;
        }
        if (again)
        {
            hand(id, buffer, offset, length);
        }
        else
        {
            core.sendAnew(id);
        }
    }

    /**
     * Is it to be sent to another node, or again to the same one?
     */
    private boolean isNotServed(final int slot, final Reason reason)
    {
        return (reason == Reason.NOT_SERVING || reason == Reason.CLOSED && core.ways().isOfSeveral()) &&
            requests.addressees[slot] == Retained.LEADER &&
            (refusal.kind() == AnswerKind.REFUSED || requests.numbers[slot] != 0);
    }

    /**
     * Is it refused because those before it were not done where it was sent first?
     */
    private boolean isBehindOthers(final int slot)
    {
        return requests.again[slot] ||
            requests.kinds[slot] == RequestKind.WRITE && sessions.of(requests.partitions[slot]).resending > 0;
    }

    /**
     * Answers that come from before the session: they say nothing about an earlier copy of the request.
     */
    private static boolean isNotHeard(final Reason reason)
    {
        return reason == Reason.TOO_MANY_IN_FLIGHT || reason == Reason.NOT_SERVING || reason == Reason.CLOSED;
    }

    private void noteDestroyed(final int slot, final boolean destroyed)
    {
        final int local = structureIds.single(slot);
        if (destroyed && local != 0 && structures.remote(local, way.gridId()) > 0)
        {
            structures.failed(local, RemoteStructures.Failure.DESTROYED);
        }
    }

    private void onOwn(final long id, final int template, final DirectBuffer buffer, final int offset)
    {
        final int number = LaneIds.number(id);
        switch (LaneIds.kind(id))
        {
            case LaneIds.TABLE:
                if (template == TableReplyDecoder.TEMPLATE_ID)
                {
                    core.ways().onTable(way, table.wrapAndApplyHeader(buffer, offset, header));
                }
                break;

            case LaneIds.OPEN_SESSION:
                if (number < core.settings().partitions())
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

    private void onSession(
        final PartitionSession session, final int template, final DirectBuffer buffer, final int offset)
    {
        final boolean asked = session.state == PartitionSession.State.OPENING;
        if (template == OpenSessionReplyDecoder.TEMPLATE_ID)
        {
            final long sessionId = opened.wrapAndApplyHeader(buffer, offset, header).sessionId();
            if (asked)
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
        if (isNotHeard(reason) || reason == Reason.BACK_PRESSURE)
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
        if (template == StructureReplyDecoder.TEMPLATE_ID)
        {
            structures.reopened(local, way.gridId(), OwnAnswers.openedId(buffer, offset));
        }
        else if (template == RefusalDecoder.TEMPLATE_ID)
        {
            refusal.wrap(buffer, offset + ROOT, header.blockLength(), header.version());
            final Reason reason = reason();
            if (isNotHeard(reason) || reason == Reason.BACK_PRESSURE || reason == Reason.TOO_MANY_STRUCTURES)
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
