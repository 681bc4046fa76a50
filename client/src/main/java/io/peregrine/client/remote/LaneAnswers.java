package io.peregrine.client.remote;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.FragmentDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.RedirectDecoder;
import io.peregrine.client.codec.RefusalDecoder;
import io.peregrine.client.codec.StructureReplyDecoder;
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

    /**
     * Of copies of a write, while another copy is not answered.
     */
    private static final int MOST_REFUSALS = 4;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RefusalDecoder refusal = new RefusalDecoder();
    private final RedirectDecoder redirect = new RedirectDecoder();
    private final MessageHandler whole = this::onAssembled;
    private final LaneCore core;
    private final LaneIds ids;
    private final Retained requests;
    private final LaneSessions sessions;
    private final LaneQuestions own;
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
        own = new LaneQuestions(core, sending, structures);
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
        if (length < ROOT)
        {
            core.onMalformed();
            return;
        }
        handler = to;
        way = core.ways().at(place);
        header.wrap(buffer, offset);
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID || !AnswerForm.isWhole(buffer, offset, length))
        {
            core.onMalformed();
        }
        else if (!way.isInGrid())
        {
            return;
        }
        else if (header.templateId() == FragmentDecoder.TEMPLATE_ID)
        {
            onFragment(buffer, offset);
        }
        else
        {
            onAnswer(buffer, offset, length);
        }
    }

    /**
     * No memory is taken for what nobody waits for.
     */
    private void onFragment(final DirectBuffer buffer, final int offset)
    {
        final long id = buffer.getLong(offset + ROOT, ByteOrder.LITTLE_ENDIAN);
        if (!ids.isOwn(id) && !isAwaited(id))
        {
            way.assembler.reset();
        }
        else if (!way.assembler.onFragment(buffer, offset, header, whole))
        {
            core.onMalformed();
        }
    }

    private void onAssembled(final DirectBuffer buffer, final int offset, final int length)
    {
        if (AnswerForm.isWhole(buffer, offset, length))
        {
            onAnswer(buffer, offset, length);
        }
        else
        {
            core.onMalformed();
        }
    }

    private boolean isAwaited(final long id)
    {
        return requests.isKept(id) && requests.states[requests.slot(id)] != Retained.FINISHED;
    }

    private void onAnswer(final DirectBuffer buffer, final int offset, final int length)
    {
        header.wrap(buffer, offset);
        final int template = header.templateId();
        final long id = buffer.getLong(offset + ROOT, ByteOrder.LITTLE_ENDIAN);
        if (ids.isOwn(id))
        {
            own.onAnswer(way, id, buffer, offset);
            return;
        }
        if (!isAwaited(id))
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
        else if (!AnswerForm.fits(requests.buffer(id), requests.offsets[slot], buffer, offset))
        {
            core.onMalformed();
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
            sessions.of(requests.partitions[slot]).pauses.end();
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
        final boolean isCopyOfWrite =
            requests.kinds[slot] == RequestKind.WRITE && refusal.kind() == AnswerKind.REFUSED;
        requests.refusals[slot] += isCopyOfWrite ? 1 : 0;
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
        else if (again && isCopyOfWrite)
        {
            onCopyRefused(id, slot, buffer, offset, length);
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

    /**
     * One copy of a write was not carried out, and another may be: who leads anew does not know what was refused before
     * that. So the answers of the others are waited for, or of what {@link Patience} has sent again; not for ever, as a
     * copy that was lost is never answered.
     */
    private void onCopyRefused(
        final long id, final int slot, final DirectBuffer buffer, final int offset, final int length)
    {
        if (requests.refusals[slot] >= requests.sends[slot])
        {
            hand(id, buffer, offset, length);
        }
        else if (requests.refusals[slot] >= MOST_REFUSALS)
        {
            core.finish(id, AnswerKind.UNKNOWN, Reason.ANSWER_LOST);
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
    static boolean isNotHeard(final Reason reason)
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

    private Reason reason()
    {
        return Reason.get(refusal.reasonRaw());
    }
}
