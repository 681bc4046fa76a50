package io.peregrine.node.agent;

import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.Kind;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.StructureAction;
import io.peregrine.client.codec.StructureReplyEncoder;
import io.peregrine.client.codec.StructureRequestDecoder;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.control.ControlCode;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlPlane;
import io.peregrine.node.control.ControlResult;
import io.peregrine.node.control.StructureDefinition;
import io.peregrine.node.control.StructureKind;
import io.peregrine.node.control.StructureTable;
import io.peregrine.node.partition.Limits;
import io.peregrine.node.partition.Replies;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.function.Consumer;

/**
 * Answers requests about structures: rare, so that it may make garbage. One for each data agent, whose thread it is on.
 */
final class StructureDesk
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int MAX_NAME_BYTES = 255;
    private static final int MAX_WAITING = 4096;
    private static final long FOR_EVER = -1;

    private final StructureRequestDecoder request = new StructureRequestDecoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final StructureReplyEncoder reply = new StructureReplyEncoder();
    private final ArrayDeque<Destroying> destroying = new ArrayDeque<>();
    private final ArrayList<Asked> asked = new ArrayList<>();
    private final ControlPlane control;
    private final AgentHandle[] agents;
    private final Replies replies;

    StructureDesk(final ControlPlane control, final AgentHandle[] agents, final Replies replies)
    {
        this.control = control;
        this.agents = agents;
        this.replies = replies;
    }

    void onRequest(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MessageHeaderDecoder of,
        final MessageSink sink)
    {
        final int nameAt = HEADER + of.blockLength() + StructureRequestDecoder.nameHeaderLength();
        request.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        if (of.blockLength() < StructureRequestDecoder.BLOCK_LENGTH || length < nameAt ||
            request.nameLength() != length - nameAt || !isAction(request.actionRaw()))
        {
            replies.refuse(sink, 0, request.correlationId(), Reason.MALFORMED, false);
            return;
        }

        final StructureAction action = request.action();
        switch (action)
        {
            case OPEN:
                open(sink);
                break;
            case DESTROY:
                destroy(sink);
                break;
            case LIST:
                list(sink, request.correlationId());
                break;
            default:
                replies.refuse(sink, 0, request.correlationId(), Reason.MALFORMED, false);
                break;
        }
    }

    /**
     * Answer those for whom something was decided meanwhile, and those who asked to destroy a structure that every
     * agent has dropped.
     *
     * @return work done.
     */
    int work()
    {
        int work = asked.isEmpty() ? 0 : answer();
        while (!destroying.isEmpty() && isDone(destroying.peek().version))
        {
            final Destroying done = destroying.poll();
            send(done.sink, done.correlationId, null, 0);
            work++;
        }

        return work;
    }

    private void open(final MessageSink sink)
    {
        final long correlationId = request.correlationId();
        final long ttl = request.ttl();
        final long maxIdle = request.maxIdle();
        final String name = name();
        if (name == null)
        {
            replies.refuse(sink, 0, correlationId, Reason.NAME_INVALID, false);
            return;
        }
        if (!isDuration(ttl) || !isDuration(maxIdle))
        {
            replies.refuse(sink, 0, correlationId, Reason.EXPIRY_INVALID, false);
            return;
        }

        if (isBusy(sink, correlationId))
        {
            return;
        }

        final Asked open = new Asked(sink, correlationId, name, ttl, maxIdle);
        control.submit(
            new ControlCommand.Define(name, StructureKind.MAP, Math.max(0, ttl), Math.max(0, maxIdle)), open);
        follow(open);
    }

    private void destroy(final MessageSink sink)
    {
        final long correlationId = request.correlationId();
        if (!isBusy(sink, correlationId))
        {
            final Asked drop = new Asked(sink, correlationId, null, 0, 0);
            control.submit(new ControlCommand.Drop(request.structureId()), drop);
            follow(drop);
        }
    }

    private boolean isBusy(final MessageSink sink, final long correlationId)
    {
        final boolean isBusy = destroying.size() + asked.size() >= MAX_WAITING;
        if (isBusy)
        {
            replies.refuse(sink, 0, correlationId, Reason.BACK_PRESSURE, false);
        }
        return isBusy;
    }

    /**
     * Where decisions are made in this process the answer is there already.
     */
    private void follow(final Asked one)
    {
        if (!isAnswered(one))
        {
            asked.add(one);
        }
    }

    private int answer()
    {
        int work = 0;
        for (int i = asked.size() - 1; i >= 0; i--)
        {
            if (isAnswered(asked.get(i)))
            {
                asked.remove(i);
                work++;
            }
        }

        return work;
    }

    /**
     * @return whether the control plane has answered, what it decided is known here, and the caller was told.
     */
    private boolean isAnswered(final Asked one)
    {
        if (!one.isAnswered)
        {
            return false;
        }

        final ControlResult result = one.result;
        if (result == null)
        {
            replies.refuse(one.sink, 0, one.correlationId, Reason.NOT_SERVING, true);
            return true;
        }
        if (result.ok() && control.view().version() < result.version())
        {
            return false;
        }
        if (one.name != null)
        {
            onOpened(one, result);
        }
        else if (result.ok())
        {
            destroying.add(new Destroying(result.version(), one.correlationId, one.sink));
        }
        else
        {
            replies.refuse(one.sink, 0, one.correlationId, Reason.DESTROYED, false);
        }

        return true;
    }

    private void onOpened(final Asked open, final ControlResult result)
    {
        final StructureDefinition found = control.view().structures().byName(open.name);
        if (found != null && fits(open.ttl, found.ttlNs()) && fits(open.maxIdle, found.maxIdleNs()))
        {
            send(open.sink, open.correlationId, new StructureDefinition[]{found}, 1);
        }
        else
        {
            // Decided and dropped again meanwhile, by somebody else: worth another try.
            final Reason reason = result.ok() ? Reason.BACK_PRESSURE : reasonOf(result.code());
            replies.refuse(open.sink, 0, open.correlationId, reason, false);
        }
    }

    private void list(final MessageSink sink, final long correlationId)
    {
        final StructureTable table = control.view().structures();
        final StructureDefinition[] all = new StructureDefinition[table.size()];
        for (int i = 0; i < all.length; i++)
        {
            all[i] = table.at(i);
        }

        send(sink, correlationId, all, all.length);
    }

    private void send(
        final MessageSink sink, final long correlationId, final StructureDefinition[] structures, final int count)
    {
        final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
        final StructureReplyEncoder.StructuresEncoder group =
            reply.wrapAndApplyHeader(message, 0, header).correlationId(correlationId).structuresCount(count);
        for (int i = 0; i < count; i++)
        {
            final StructureDefinition structure = structures[i];
            final byte[] name = structure.name().getBytes(StandardCharsets.UTF_8);
            group.next()
                .ttl(orForEver(structure.ttlNs()))
                .maxIdle(orForEver(structure.maxIdleNs()))
                .structureId(structure.id())
                .kind(Kind.MAP)
                .reserved1((short) 0)
                .reserved2(0)
                .putName(name, 0, name.length);
        }

        final int length = HEADER + reply.encodedLength();
        final int at = sink.tryClaim(0, length);
        sink.buffer().putBytes(at, message, 0, length);
        sink.commit();
    }

    private String name()
    {
        final int length = request.nameLength();
        if (length < 1 || length > MAX_NAME_BYTES)
        {
            return null;
        }

        final byte[] bytes = new byte[length];
        request.getName(bytes, 0, length);
        try
        {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        }
        catch (final CharacterCodingException ex)
        {
            return null;
        }
    }

    private boolean isDone(final long version)
    {
        for (final AgentHandle agent : agents)
        {
            if (agent.controlVersionDone() < version)
            {
                return false;
            }
        }

        return true;
    }

    private static boolean isAction(final short action)
    {
        return action == StructureAction.OPEN.value() || action == StructureAction.DESTROY.value() ||
            action == StructureAction.LIST.value();
    }

    private static boolean isDuration(final long duration)
    {
        return duration >= FOR_EVER && duration <= Limits.MAX_DURATION_NS;
    }

    /**
     * @param asked 0 for whatever the structure has, -1 for ever, or a duration.
     */
    private static boolean fits(final long asked, final long has)
    {
        return asked == 0 || Math.max(0, asked) == has;
    }

    private static long orForEver(final long duration)
    {
        return duration == 0 ? FOR_EVER : duration;
    }

    private static Reason reasonOf(final ControlCode code)
    {
        switch (code)
        {
            case LIMIT:
                return Reason.TOO_MANY_STRUCTURES;
            case INVALID:
                return Reason.NAME_INVALID;
            default:
                return Reason.DEFINED_OTHERWISE;
        }
    }

    /**
     * Somebody waits until a structure is gone everywhere.
     *
     * @param version       of the decision.
     * @param correlationId of the request.
     * @param sink          for the answer.
     */
    private record Destroying(long version, long correlationId, MessageSink sink)
    {
    }

    /**
     * Somebody waits for what the control plane decides. Answered on any thread, looked at on the agent's.
     */
    private static final class Asked implements Consumer<ControlResult>
    {
        private final MessageSink sink;
        private final long correlationId;
        private final String name;
        private final long ttl;
        private final long maxIdle;
        private ControlResult result;
        private volatile boolean isAnswered;

        /**
         * @param name of a structure that is to be opened; null where one is to be destroyed.
         */
        private Asked(
            final MessageSink sink, final long correlationId, final String name, final long ttl, final long maxIdle)
        {
            this.sink = sink;
            this.correlationId = correlationId;
            this.name = name;
            this.ttl = ttl;
            this.maxIdle = maxIdle;
        }

        @Override
        public void accept(final ControlResult decided)
        {
            result = decided;
            isAnswered = true;
        }
    }
}
