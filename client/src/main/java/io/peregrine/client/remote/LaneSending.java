package io.peregrine.client.remote;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.CloseSessionRequestEncoder;
import io.peregrine.client.codec.LockLookEncoder;
import io.peregrine.client.codec.MapRequestEncoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.OpenSessionRequestEncoder;
import io.peregrine.client.codec.Reason;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.LongArrayList;

/**
 * The sending half of a lane's rules: in order within each partition, as far as there is room. The lane's thread,
 * without garbage in steady state.
 */
final class LaneSending
{
    private static final int ROOT = MessageHeaderEncoder.ENCODED_LENGTH;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OpenSessionRequestEncoder openSession = new OpenSessionRequestEncoder();
    private final CloseSessionRequestEncoder closeSession = new CloseSessionRequestEncoder();
    private final LaneSettings settings;
    private final LaneCore core;
    private final LaneIds ids;
    private final Retained requests;
    private final LaneSessions sessions;
    private final RemoteStructures structures;
    private final StructureIds structureIds;
    private long round;
    private int reopening;

    LaneSending(
        final LaneCore core, final LaneIds ids, final RemoteStructures structures, final StructureIds structureIds)
    {
        this.core = core;
        this.ids = ids;
        this.structures = structures;
        this.structureIds = structureIds;
        settings = core.settings();
        requests = core.requests();
        sessions = core.sessions();
    }

    /**
     * Send the only request that is not sent, if there is room.
     */
    void sendAlone(final long id)
    {
        round++;
        send(id, requests.slot(id));
    }

    /**
     * Send all that is not sent, as far as there is room.
     *
     * @return work done.
     */
    int work()
    {
        round++;
        int work = closeSurplus();
        for (final Way way : core.ways().all())
        {
            work += resume(way);
        }
        int left = core.unsent();
        for (long id = requests.oldestId(); left > 0 && id < requests.nextId(); id++)
        {
            final int slot = requests.slot(id);
            if (requests.states[slot] == Retained.UNSENT)
            {
                left--;
                work += send(id, slot);
            }
        }
        return work;
    }

    /**
     * A structure that was to be opened anew is to be asked for again.
     */
    void forgetReopening()
    {
        reopening = 0;
    }

    private int resume(final Way way)
    {
        if (way.sending == 0 || !way.isReady())
        {
            return 0;
        }
        if (way.fragmenter.resume(way) < 0)
        {
            way.fullRound = round;
            return 0;
        }
        final long sent = way.sending;
        way.sending = 0;
        core.onSent(sent);
        return 1;
    }

    private int send(final long id, final int slot)
    {
        final int partition = requests.partitions[slot];
        final PartitionSession session = sessions.of(partition);
        final Way way = core.ways().toSend(slot);
        if (requests.numbers[slot] != 0 && session.state == PartitionSession.State.NONE)
        {
            onSessionGone(id, slot, session);
        }
        if (requests.states[slot] == Retained.FINISHED)
        {
            return 1;
        }
        if (!way.isReady())
        {
            core.ways().onNotReady(way);
            session.heldRound = round;
            return 0;
        }
        if (session.heldRound == round || way.fullRound == round || core.ways().isHeld(slot, session) ||
            !prepare(id, slot, session, way))
        {
            session.heldRound = round;
            return 0;
        }
        if (requests.states[slot] == Retained.FINISHED)
        {
            return 1;
        }
        way.fragmenter.begin(partition, id, requests.buffer(id), requests.offsets[slot], requests.lengths[slot]);
        if (way.fragmenter.resume(way) < 0)
        {
            way.fullRound = round;
            session.heldRound = round;
            if (way.fragmenter.isHalfSent())
            {
                way.sending = id;
            }
            else
            {
                way.fragmenter.cancel();
            }
            return 0;
        }
        core.onSent(id);
        return 1;
    }

    /**
     * The session of a request has ended before it could be asked again what became of it.
     */
    private void onSessionGone(final long id, final int slot, final PartitionSession session)
    {
        if (requests.sends[slot] > 0)
        {
            core.finish(id, AnswerKind.UNKNOWN, Reason.SESSION_EXPIRED);
        }
        else
        {
            core.giveUpPieces(id, slot);
            session.forget(requests, slot);
        }
    }

    /**
     * Where others have to have a write before it is carried out, a read that is sent behind it would be too early.
     *
     * @return false when the request has to wait.
     */
    private boolean prepare(final long id, final int slot, final PartitionSession session, final Way way)
    {
        final boolean write = requests.kinds[slot] == RequestKind.WRITE;
        if (write && requests.numbers[slot] == 0 && session.state != PartitionSession.State.OPEN)
        {
            open(session, way);
            return false;
        }
        if (!write && core.ways().isOfSeveral() && !session.isIdle() && session.oldestId(requests) < id)
        {
            return false;
        }
        final int missing = structureIds.translate(id, way.gridId());
        if (missing != 0)
        {
            return onMissing(id, missing, way.gridId());
        }
        if (write)
        {
            stamp(id, slot, session);
        }
        else if (requests.kinds[slot] == RequestKind.AWAIT)
        {
            requests.buffer(id).putLong(
                requests.offsets[slot] + ROOT + LockLookEncoder.sessionIdEncodingOffset(),
                session.state == PartitionSession.State.OPEN ? session.id : 0,
                ByteOrder.LITTLE_ENDIAN);
        }
        return true;
    }

    private void stamp(final long id, final int slot, final PartitionSession session)
    {
        if (requests.numbers[slot] != 0 && !core.rules().keepsItsNumber())
        {
            session.forget(requests, slot);
        }
        if (requests.numbers[slot] == 0)
        {
            session.number(requests, slot);
        }
        final MutableDirectBuffer buffer = requests.buffer(id);
        final int at = requests.offsets[slot] + ROOT;
        buffer.putLong(
            at + MapRequestEncoder.sessionIdEncodingOffset(), requests.sessionIds[slot], ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(
            at + MapRequestEncoder.requestNumberEncodingOffset(), requests.numbers[slot], ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(
            at + MapRequestEncoder.lowestUnansweredEncodingOffset(),
            session.lowestUnanswered(requests),
            ByteOrder.LITTLE_ENDIAN);
    }

    private void open(final PartitionSession session, final Way way)
    {
        if (session.state != PartitionSession.State.NONE || !session.isIdle())
        {
            return;
        }
        final int at = way.tryClaim(session.partition, ROOT + OpenSessionRequestEncoder.BLOCK_LENGTH);
        if (at >= 0)
        {
            openSession.wrapAndApplyHeader(way.buffer(), at, header)
                .correlationId(ids.own(LaneIds.OPEN_SESSION, session.partition))
                .timeout(settings.sessionNs())
                .partition(session.partition)
                .reserved1(0);
            way.commit();
            session.state = PartitionSession.State.OPENING;
            session.askedNs = core.nowNs();
        }
    }

    private boolean onMissing(final long id, final int local, final long gridId)
    {
        if (structures.remote(local, gridId) == RemoteStructures.FAILED)
        {
            final RemoteStructures.Failure failure = structures.failure(local);
            core.finish(id, failure.kind(), failure.reason());
            return true;
        }
        final Way desk = core.ways().of(0);
        if (!desk.isReady())
        {
            core.ways().onNotReady(desk);
        }
        else if (reopening == 0)
        {
            reopen(local, desk);
        }
        return false;
    }

    private void reopen(final int local, final Way desk)
    {
        final byte[] request = structures.request(local);
        final int at = desk.tryClaim(0, request.length);
        if (at >= 0)
        {
            desk.buffer().putBytes(at, request);
            desk.buffer().putLong(at + ROOT, ids.own(LaneIds.REOPEN, local), ByteOrder.LITTLE_ENDIAN);
            desk.commit();
            reopening = local;
        }
    }

    private int closeSurplus()
    {
        final LongArrayList surplus = sessions.surplus();
        int work = 0;
        while (!surplus.isEmpty())
        {
            final int partition = (int) surplus.getLong(surplus.size() - 2);
            final Way way = core.ways().of(partition);
            if (!way.isReady() || !close(way, partition, surplus.getLong(surplus.size() - 1)))
            {
                return work;
            }
            surplus.removeAt(surplus.size() - 1);
            surplus.removeAt(surplus.size() - 1);
            work++;
        }
        return work;
    }

    private boolean close(final Way way, final int partition, final long sessionId)
    {
        final int at = way.tryClaim(partition, ROOT + CloseSessionRequestEncoder.BLOCK_LENGTH);
        if (at < 0)
        {
            return false;
        }
        closeSession.wrapAndApplyHeader(way.buffer(), at, header)
            .correlationId(ids.own(LaneIds.CLOSE_SESSION, partition))
            .sessionId(sessionId)
            .partition(partition)
            .reserved1(0);
        way.commit();
        return true;
    }
}
