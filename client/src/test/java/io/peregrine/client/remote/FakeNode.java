package io.peregrine.client.remote;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.CloseSessionReplyEncoder;
import io.peregrine.client.codec.CloseSessionRequestDecoder;
import io.peregrine.client.codec.FragmentDecoder;
import io.peregrine.client.codec.Kind;
import io.peregrine.client.codec.MapReadReplyEncoder;
import io.peregrine.client.codec.MapReadRequestDecoder;
import io.peregrine.client.codec.MapReplyEncoder;
import io.peregrine.client.codec.MapRequestDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.OpenSessionReplyEncoder;
import io.peregrine.client.codec.OpenSessionRequestDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.RedirectEncoder;
import io.peregrine.client.codec.RefusalEncoder;
import io.peregrine.client.codec.Status;
import io.peregrine.client.codec.StructureAction;
import io.peregrine.client.codec.StructureReplyEncoder;
import io.peregrine.client.codec.StructureRequestDecoder;
import io.peregrine.client.codec.TableReplyEncoder;
import io.peregrine.client.codec.TableRequestDecoder;
import io.peregrine.client.port.Assembler;
import io.peregrine.client.port.Fragmenter;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One start of a node, with the rules by which a real one carries each write out once. A write puts a number under a
 * key, and what was put under each key is remembered in order; a key begins with the name of its map.
 */
final class FakeNode
{
    private static final int FIXED = MessageHeaderEncoder.ENCODED_LENGTH;

    final Map<String, List<Long>> applied = new HashMap<>();
    final long gridId;
    Reason refuseEarly;
    Reason refuseLate;
    boolean refuseSessions;
    final Map<Integer, FakeSessions> sessions = new HashMap<>();
    private final Map<String, Integer> idsByName = new HashMap<>();
    private final Map<Integer, String> namesById = new HashMap<>();
    private final Map<Long, Assembler> assemblers = new HashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MessageHeaderEncoder replyHeader = new MessageHeaderEncoder();
    private final ExpandableArrayBuffer reply = new ExpandableArrayBuffer();
    /**
     * How old what is read by the request that comes may be.
     */
    long staleness;
    private Door door = (node, template, id, partition) -> template != TableRequestDecoder.TEMPLATE_ID;
    private boolean mute;
    private int nextStructure;
    private FakeConnection to;
    private int tag;

    /**
     * @param gridId         also makes the numbers of structures and sessions differ between starts.
     * @param firstStructure the number of the first structure.
     */
    FakeNode(final long gridId, final int firstStructure)
    {
        this.gridId = gridId;
        nextStructure = firstStructure;
    }

    int sessionsOpen()
    {
        return sessions.values().stream().mapToInt((each) -> each.byId.size()).sum();
    }

    void expireSessions()
    {
        sessions.values().forEach((each) -> each.byId.clear());
    }

    void forgetResults()
    {
        sessions.values().forEach((each) -> each.byId.values().forEach((session) -> session.results.clear()));
    }

    void onMessage(final FakeConnection connection, final FakeConnection.Message message)
    {
        to = connection;
        tag = message.tag();
        final UnsafeBuffer buffer = new UnsafeBuffer(message.bytes());
        header.wrap(buffer, 0);
        if (header.templateId() == FragmentDecoder.TEMPLATE_ID)
        {
            final Assembler assembler =
                assemblers.computeIfAbsent(connection.id() << 16 | tag, (key) -> new Assembler(1 << 20));
            assembler.onFragment(buffer, 0, header, (whole, offset, length) -> onWhole(whole, offset));
        }
        else
        {
            onWhole(buffer, 0);
        }
    }

    /**
     * A message comes to a member that decides itself what to take.
     */
    void onMessage(final FakeConnection connection, final FakeConnection.Message message, final Door newDoor)
    {
        door = newDoor;
        onMessage(connection, message);
    }

    private void onWhole(final DirectBuffer buffer, final int offset)
    {
        header.wrap(buffer, offset);
        final long id = buffer.getLong(offset + FIXED, ByteOrder.LITTLE_ENDIAN);
        staleness = header.templateId() != MapReadRequestDecoder.TEMPLATE_ID ? 0 : buffer.getLong(
            offset + FIXED + MapReadRequestDecoder.stalenessEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        if (!door.admits(this, header.templateId(), id, partition(buffer, offset)))
        {
            return;
        }
        if (refuseEarly != null)
        {
            final Reason reason = refuseEarly;
            refuseEarly = null;
            refuse(id, AnswerKind.REFUSED, reason);
            return;
        }
        switch (header.templateId())
        {
            case MapRequestDecoder.TEMPLATE_ID:
                onWrite(new MapRequestDecoder().wrapAndApplyHeader(buffer, offset, header));
                break;

            case MapReadRequestDecoder.TEMPLATE_ID:
                onRead(new MapReadRequestDecoder().wrapAndApplyHeader(buffer, offset, header));
                break;

            case OpenSessionRequestDecoder.TEMPLATE_ID:
                onOpen(new OpenSessionRequestDecoder().wrapAndApplyHeader(buffer, offset, header));
                break;

            case CloseSessionRequestDecoder.TEMPLATE_ID:
                onClose(new CloseSessionRequestDecoder().wrapAndApplyHeader(buffer, offset, header));
                break;

            default:
                onStructure(new StructureRequestDecoder().wrapAndApplyHeader(buffer, offset, header));
                break;
        }
    }

    /**
     * What is asked is carried out, but the answer does not leave.
     */
    void mute(final boolean newMute)
    {
        mute = newMute;
    }

    void redirect(
        final long id, final int partition, final int epoch, final int primary, final long version, final boolean maybe)
    {
        final RedirectEncoder encoder = new RedirectEncoder().wrapAndApplyHeader(reply, 0, replyHeader)
            .correlationId(id).tableVersion(version).partition(partition).epoch(epoch).primary(primary)
            .kind(maybe ? AnswerKind.UNKNOWN : AnswerKind.REFUSED).reserved1((short) 0).reserved2(0);
        send(reply, FIXED + encoder.encodedLength());
    }

    void table(final long id, final long version, final List<Table.Member> members, final int[][] partitions)
    {
        final TableReplyEncoder encoder = new TableReplyEncoder().wrapAndApplyHeader(reply, 0, replyHeader)
            .correlationId(id).version(version).from(0).next(-1);
        final TableReplyEncoder.MembersEncoder group = encoder.membersCount(members.size());
        for (final Table.Member member : members)
        {
            group.next().incarnation(member.incarnation()).member(member.id()).agents(member.agents())
                .putEndpoint(new byte[0], 0, 0);
        }
        final TableReplyEncoder.PartitionsEncoder each = encoder.partitionsCount(partitions.length);
        for (final int[] partition : partitions)
        {
            each.next().epoch(partition[0]).primary(partition[1]).replica(partition.length > 2 ? partition[2] : -1);
        }
        send(reply, FIXED + encoder.encodedLength());
    }

    private int partition(final DirectBuffer buffer, final int offset)
    {
        switch (header.templateId())
        {
            case MapRequestDecoder.TEMPLATE_ID:
                return at(buffer, offset, MapRequestDecoder.partitionEncodingOffset());

            case MapReadRequestDecoder.TEMPLATE_ID:
                return at(buffer, offset, MapReadRequestDecoder.partitionEncodingOffset());

            case OpenSessionRequestDecoder.TEMPLATE_ID:
                return at(buffer, offset, OpenSessionRequestDecoder.partitionEncodingOffset());

            case CloseSessionRequestDecoder.TEMPLATE_ID:
                return at(buffer, offset, CloseSessionRequestDecoder.partitionEncodingOffset());

            default:
                return 0;
        }
    }

    private static int at(final DirectBuffer buffer, final int offset, final int field)
    {
        return buffer.getInt(offset + FIXED + field, ByteOrder.LITTLE_ENDIAN);
    }

    private void onWrite(final MapRequestDecoder request)
    {
        final FakeSessions partition = sessionsOf(request.partition());
        final long id = request.correlationId();
        final long number = request.requestNumber();
        switch (partition.classify(request.sessionId(), number, request.lowestUnanswered()))
        {
            case NO_SESSION:
                refuse(id, AnswerKind.UNKNOWN, Reason.SESSION_EXPIRED);
                break;

            case FORGOTTEN:
                refuse(id, AnswerKind.UNKNOWN, Reason.ANSWER_LOST);
                break;

            case SEEN:
                refuse(id, AnswerKind.REFUSED, Reason.BACK_PRESSURE);
                break;

            case OUT_OF_ORDER:
                refuse(id, AnswerKind.REFUSED, Reason.TOO_MANY_IN_FLIGHT);
                break;

            case REPEATED:
                final byte[] first = partition.result(request.sessionId(), number);
                new UnsafeBuffer(first).putLong(FIXED, id, ByteOrder.LITTLE_ENDIAN);
                send(new UnsafeBuffer(first), first.length);
                break;

            default:
                apply(partition, request);
                break;
        }
    }

    private void apply(final FakeSessions partition, final MapRequestDecoder request)
    {
        final long id = request.correlationId();
        final String map = namesById.get(request.structureId());
        if (refuseLate != null || map == null)
        {
            final Reason reason = map == null ? Reason.DESTROYED : refuseLate;
            refuseLate = null;
            refuse(id, map == null ? AnswerKind.FAILED : AnswerKind.REFUSED, reason);
            return;
        }
        final String key = text(request.keyLength(), request::getKey);
        if (!key.startsWith(map))
        {
            throw new AssertionError("a write for " + key + " came to map " + map);
        }
        applied.computeIfAbsent(key, (absent) -> new ArrayList<>()).add(request.operand());
        final MapReplyEncoder encoder = new MapReplyEncoder().wrapAndApplyHeader(reply, 0, replyHeader)
            .correlationId(id).version(request.operand()).number(0).status(Status.APPLIED);
        encoder.flags().clear();
        encoder.reserved1(0).reserved2(0).putValue(new byte[0], 0, 0);
        final byte[] result = new byte[FIXED + encoder.encodedLength()];
        reply.getBytes(0, result);
        partition.applied(request.sessionId(), request.requestNumber(), request.lowestUnanswered(), result);
        send(reply, result.length);
    }

    private void onRead(final MapReadRequestDecoder request)
    {
        final long id = request.correlationId();
        final String map = namesById.get(request.structureId());
        if (map == null)
        {
            refuse(id, AnswerKind.FAILED, Reason.DESTROYED);
            return;
        }
        final List<Long> values = applied.getOrDefault(text(request.keyLength(), request::getKey), List.of());
        final MapReadReplyEncoder encoder = new MapReadReplyEncoder().wrapAndApplyHeader(reply, 0, replyHeader)
            .correlationId(id).version(values.isEmpty() ? 0 : values.get(values.size() - 1))
            .ttlLeft(-1).maxIdle(-1).age(0).fullLength(0);
        encoder.flags().clear().present(!values.isEmpty());
        encoder.reserved1((short) 0).reserved2(0).putValue(new byte[300], 0, 300);
        send(reply, FIXED + encoder.encodedLength());
    }

    private void onOpen(final OpenSessionRequestDecoder request)
    {
        if (refuseSessions)
        {
            refuse(request.correlationId(), AnswerKind.REFUSED, Reason.TOO_MANY_SESSIONS);
            return;
        }
        final long sessionId = sessionsOf(request.partition()).open(gridId << 20);
        final OpenSessionReplyEncoder encoder = new OpenSessionReplyEncoder()
            .wrapAndApplyHeader(reply, 0, replyHeader).correlationId(request.correlationId()).sessionId(sessionId);
        send(reply, FIXED + encoder.encodedLength());
    }

    private void onClose(final CloseSessionRequestDecoder request)
    {
        sessionsOf(request.partition()).byId.remove(request.sessionId());
        final CloseSessionReplyEncoder encoder = new CloseSessionReplyEncoder()
            .wrapAndApplyHeader(reply, 0, replyHeader).correlationId(request.correlationId());
        send(reply, FIXED + encoder.encodedLength());
    }

    private void onStructure(final StructureRequestDecoder request)
    {
        final long id = request.correlationId();
        final StructureReplyEncoder encoder = new StructureReplyEncoder().wrapAndApplyHeader(reply, 0, replyHeader)
            .correlationId(id);
        if (request.action() == StructureAction.DESTROY)
        {
            final String name = namesById.remove(request.structureId());
            if (name == null)
            {
                refuse(id, AnswerKind.FAILED, Reason.DESTROYED);
                return;
            }
            idsByName.remove(name);
            encoder.structuresCount(0);
        }
        else
        {
            final String name = text(request.nameLength(), request::getName);
            final int structure = idsByName.computeIfAbsent(name, (absent) -> nextStructure++);
            namesById.put(structure, name);
            final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            encoder.structuresCount(1).next().ttl(-1).maxIdle(-1).structureId(structure).kind(Kind.MAP)
                .reserved1((short) 0).reserved2(0).putName(bytes, 0, bytes.length);
        }
        send(reply, FIXED + encoder.encodedLength());
    }

    private static String text(final int length, final Field field)
    {
        final byte[] bytes = new byte[length];
        field.get(bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private FakeSessions sessionsOf(final int partition)
    {
        return sessions.computeIfAbsent(partition, (absent) -> new FakeSessions());
    }

    private void refuse(final long id, final AnswerKind kind, final Reason reason)
    {
        final RefusalEncoder encoder = new RefusalEncoder().wrapAndApplyHeader(reply, 0, replyHeader)
            .correlationId(id).kind(kind).reason(reason).reserved1(0).reserved2(0).putText(new byte[0], 0, 0);
        send(reply, FIXED + encoder.encodedLength());
    }

    private void send(final DirectBuffer message, final int length)
    {
        if (mute)
        {
            return;
        }
        final Fragmenter fragmenter = new Fragmenter();
        final long id = message.getLong(FIXED, ByteOrder.LITTLE_ENDIAN);
        fragmenter.begin(0, id, message, 0, length);
        fragmenter.resume(new FakeAnswers(to, tag));
    }

    /**
     * What comes before a request is carried out.
     */
    @FunctionalInterface
    interface Door
    {
        /**
         * May the request be carried out? Otherwise the door has answered it.
         */
        boolean admits(FakeNode node, int template, long id, int partition);
    }

    @FunctionalInterface
    private interface Field
    {
        int get(byte[] bytes, int offset, int length);
    }
}
