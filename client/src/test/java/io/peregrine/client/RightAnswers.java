package io.peregrine.client;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.ClearReplyEncoder;
import io.peregrine.client.codec.ClearRequestDecoder;
import io.peregrine.client.codec.CopyState;
import io.peregrine.client.codec.Kind;
import io.peregrine.client.codec.MapBatchReplyEncoder;
import io.peregrine.client.codec.MapBatchRequestDecoder;
import io.peregrine.client.codec.MapReadReplyEncoder;
import io.peregrine.client.codec.MapReadRequestDecoder;
import io.peregrine.client.codec.MapReplyEncoder;
import io.peregrine.client.codec.MapRequestDecoder;
import io.peregrine.client.codec.MemberState;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.OpenSessionReplyEncoder;
import io.peregrine.client.codec.OpenSessionRequestDecoder;
import io.peregrine.client.codec.OrderReplyEncoder;
import io.peregrine.client.codec.OrderRequestDecoder;
import io.peregrine.client.codec.PartitionsReplyEncoder;
import io.peregrine.client.codec.PartitionsRequestDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.RedirectEncoder;
import io.peregrine.client.codec.RefusalEncoder;
import io.peregrine.client.codec.Ruling;
import io.peregrine.client.codec.ScanReplyEncoder;
import io.peregrine.client.codec.ScanRequestDecoder;
import io.peregrine.client.codec.SizeReplyEncoder;
import io.peregrine.client.codec.SizeRequestDecoder;
import io.peregrine.client.codec.Status;
import io.peregrine.client.codec.StatusReplyEncoder;
import io.peregrine.client.codec.StatusRequestDecoder;
import io.peregrine.client.codec.StructureAction;
import io.peregrine.client.codec.StructureReplyEncoder;
import io.peregrine.client.codec.StructureRequestDecoder;
import io.peregrine.client.codec.TableReplyEncoder;
import io.peregrine.client.codec.TableRequestDecoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Answers as a node gives them that holds {@link #valueOf} under every key, and {@link #SIZE} entries in every
 * partition.
 */
final class RightAnswers
{
    static final int SIZE = 3;
    static final String NAME = "a-map-with-a-name";
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int[] ASKED = {
        MapRequestDecoder.TEMPLATE_ID, MapReadRequestDecoder.TEMPLATE_ID, MapBatchRequestDecoder.TEMPLATE_ID,
        ScanRequestDecoder.TEMPLATE_ID, SizeRequestDecoder.TEMPLATE_ID, ClearRequestDecoder.TEMPLATE_ID,
        StructureRequestDecoder.TEMPLATE_ID, OpenSessionRequestDecoder.TEMPLATE_ID, StatusRequestDecoder.TEMPLATE_ID,
        TableRequestDecoder.TEMPLATE_ID, PartitionsRequestDecoder.TEMPLATE_ID, OrderRequestDecoder.TEMPLATE_ID};

    private final MessageHeaderDecoder asked = new MessageHeaderDecoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
    private long id;

    /**
     * Whether a scan ends where it began.
     */
    boolean isInACircle;

    static String valueOf(final String key)
    {
        return "what is under " + key;
    }

    /**
     * The answer to a request.
     */
    byte[] to(final DirectBuffer request, final int template)
    {
        id = request.getLong(HEADER, ByteOrder.LITTLE_ENDIAN);
        switch (template)
        {
            case MapRequestDecoder.TEMPLATE_ID:
                return command(new MapRequestDecoder().wrapAndApplyHeader(request, 0, asked));

            case MapReadRequestDecoder.TEMPLATE_ID:
                return read(new MapReadRequestDecoder().wrapAndApplyHeader(request, 0, asked));

            case MapBatchRequestDecoder.TEMPLATE_ID:
                return batch(new MapBatchRequestDecoder().wrapAndApplyHeader(request, 0, asked).commands().count());

            case ScanRequestDecoder.TEMPLATE_ID:
                return scan(new ScanRequestDecoder().wrapAndApplyHeader(request, 0, asked).partition());

            case StructureRequestDecoder.TEMPLATE_ID:
                return structures(new StructureRequestDecoder().wrapAndApplyHeader(request, 0, asked).action());

            default:
                return plain(template);
        }
    }

    /**
     * An answer to something else that has the number of this request: to another kind of request, or one of the
     * kinds that any request may be answered with, where that tells the caller nothing.
     */
    byte[] toAnother(final DirectBuffer request, final int template, final Random random)
    {
        id = request.getLong(HEADER, ByteOrder.LITTLE_ENDIAN);
        int other = template;
        while (other == template)
        {
            other = ASKED[random.nextInt(ASKED.length)];
        }
        return answerOf(other);
    }

    /**
     * A refusal that says that the outcome is unknown.
     */
    byte[] refusal(final DirectBuffer request)
    {
        final byte[] text = bytes("for no reason");
        final RefusalEncoder reply = new RefusalEncoder().wrapAndApplyHeader(out, 0, header)
            .correlationId(request.getLong(HEADER, ByteOrder.LITTLE_ENDIAN))
            .kind(AnswerKind.UNKNOWN).reason(Reason.INTERNAL).reserved1(0).reserved2(0).putText(text, 0, text.length);
        return done(reply.encodedLength());
    }

    byte[] redirect(final DirectBuffer request)
    {
        return done(new RedirectEncoder().wrapAndApplyHeader(out, 0, header)
            .correlationId(request.getLong(HEADER, ByteOrder.LITTLE_ENDIAN))
            .tableVersion(1).partition(0).epoch(0).primary(0).kind(AnswerKind.REFUSED)
            .reserved1((short) 0).reserved2(0).encodedLength());
    }

    private byte[] answerOf(final int template)
    {
        switch (template)
        {
            case MapRequestDecoder.TEMPLATE_ID:
                return reply("another", 7);

            case MapReadRequestDecoder.TEMPLATE_ID:
                return entry("another");

            case MapBatchRequestDecoder.TEMPLATE_ID:
                return batch(5);

            case ScanRequestDecoder.TEMPLATE_ID:
                return scan(1);

            case StructureRequestDecoder.TEMPLATE_ID:
                return structures(StructureAction.LIST);

            default:
                return plain(template);
        }
    }

    private byte[] plain(final int template)
    {
        switch (template)
        {
            case SizeRequestDecoder.TEMPLATE_ID:
                return done(new SizeReplyEncoder().wrapAndApplyHeader(out, 0, header)
                    .correlationId(id).size(SIZE).encodedLength());

            case ClearRequestDecoder.TEMPLATE_ID:
                return done(new ClearReplyEncoder().wrapAndApplyHeader(out, 0, header)
                    .correlationId(id).removed(SIZE).encodedLength());

            case OpenSessionRequestDecoder.TEMPLATE_ID:
                return done(new OpenSessionReplyEncoder().wrapAndApplyHeader(out, 0, header)
                    .correlationId(id).sessionId(77).encodedLength());

            case StatusRequestDecoder.TEMPLATE_ID:
                return status();

            case TableRequestDecoder.TEMPLATE_ID:
                return table();

            case PartitionsRequestDecoder.TEMPLATE_ID:
                return partitions();

            default:
                final byte[] reason = bytes("it was so already");
                return done(new OrderReplyEncoder().wrapAndApplyHeader(out, 0, header).correlationId(id)
                    .ruling(Ruling.DONE).reserved1((short) 0).reserved2(0).reserved3(0)
                    .putReason(reason, 0, reason.length).encodedLength());
        }
    }

    private byte[] command(final MapRequestDecoder request)
    {
        final long operand = request.operand();
        final byte[] key = new byte[request.keyLength()];
        request.getKey(key, 0, key.length);
        return reply(new String(key, StandardCharsets.UTF_8), operand);
    }

    private byte[] reply(final String key, final long number)
    {
        final byte[] value = bytes(valueOf(key));
        final MapReplyEncoder reply = new MapReplyEncoder().wrapAndApplyHeader(out, 0, header)
            .correlationId(id).version(9).number(number).status(Status.APPLIED);
        reply.flags().clear().present(true).valueIncluded(true);
        return done(reply.reserved1(0).reserved2(0).putValue(value, 0, value.length).encodedLength());
    }

    private byte[] read(final MapReadRequestDecoder request)
    {
        final byte[] key = new byte[request.keyLength()];
        request.getKey(key, 0, key.length);
        return entry(new String(key, StandardCharsets.UTF_8));
    }

    private byte[] entry(final String key)
    {
        final byte[] value = bytes(valueOf(key));
        final MapReadReplyEncoder reply = new MapReadReplyEncoder().wrapAndApplyHeader(out, 0, header)
            .correlationId(id).version(9).ttlLeft(-1).maxIdle(-1).age(0).fullLength(value.length);
        reply.flags().clear().present(true).valueIncluded(true);
        return done(reply.reserved1((short) 0).reserved2(0).putValue(value, 0, value.length).encodedLength());
    }

    private byte[] batch(final int count)
    {
        final MapBatchReplyEncoder reply = new MapBatchReplyEncoder().wrapAndApplyHeader(out, 0, header)
            .correlationId(id).firstRefused(-1).reserved1(0);
        final MapBatchReplyEncoder.ResultsEncoder results = reply.resultsCount(count);
        for (int i = 0; i < count; i++)
        {
            results.next().version(9).number(i).status(Status.APPLIED);
            results.flags().clear();
            results.reserved2(0).reserved3(0).putValue(new byte[i], 0, i);
        }
        return done(reply.encodedLength());
    }

    private byte[] scan(final int partition)
    {
        final ScanReplyEncoder reply = new ScanReplyEncoder().wrapAndApplyHeader(out, 0, header)
            .correlationId(id).nextCursor(0).nextPartition(isInACircle ? partition : partition + 1).reserved1(0);
        final ScanReplyEncoder.EntriesEncoder entries = reply.entriesCount(SIZE);
        for (int i = 0; i < SIZE; i++)
        {
            final byte[] key = bytes("key-" + i);
            final byte[] value = bytes(valueOf("key-" + i));
            entries.next().version(9).ttlLeft(-1).putKey(key, 0, key.length).putValue(value, 0, value.length);
        }
        return done(reply.encodedLength());
    }

    private byte[] structures(final StructureAction action)
    {
        final byte[] name = bytes(NAME);
        final int count = action == StructureAction.OPEN ? 1 : action == StructureAction.LIST ? 2 : 0;
        final StructureReplyEncoder reply =
            new StructureReplyEncoder().wrapAndApplyHeader(out, 0, header).correlationId(id);
        final StructureReplyEncoder.StructuresEncoder each = reply.structuresCount(count);
        for (int i = 0; i < count; i++)
        {
            each.next().ttl(-1).maxIdle(-1).structureId(1 + i).kind(Kind.MAP).reserved1((short) 0).reserved2(0)
                .putName(name, 0, name.length);
        }
        return done(reply.encodedLength());
    }

    private byte[] status()
    {
        final byte[] name = bytes(NAME);
        final StatusReplyEncoder reply = new StatusReplyEncoder().wrapAndApplyHeader(out, 0, header)
            .correlationId(id).gridId(1).incarnation(1).uptime(5).nextMap(-1).partitions(4).agents(1).maps(1);
        reply.countersCount(2).next().value(1).counter(1).reserved1(0).next().value(2).counter(2).reserved1(0);
        reply.listedCount(1).next().size(SIZE).ttl(-1).maxIdle(-1).structureId(1).counted(4)
            .putName(name, 0, name.length);
        reply.membersCount(1).next().life(1).member(0).leads(4).inSync(4).planned(4).state(MemberState.LIVE)
            .reserved3((short) 0).reserved4(0).putMemberName(name, 0, name.length).putEndpoint(name, 0, 0);
        return done(reply.putNodeName(name, 0, name.length).putAddress(name, 0, name.length)
            .putGridName(name, 0, name.length).encodedLength());
    }

    private byte[] table()
    {
        final byte[] endpoint = bytes("localhost:1");
        final TableReplyEncoder reply = new TableReplyEncoder().wrapAndApplyHeader(out, 0, header)
            .correlationId(id).version(1).from(0).next(-1);
        reply.membersCount(1).next().incarnation(1).member(0).agents(1).putEndpoint(endpoint, 0, endpoint.length);
        final TableReplyEncoder.PartitionsEncoder each = reply.partitionsCount(4);
        for (int i = 0; i < 4; i++)
        {
            each.next().epoch(1).primary(0).replica(-1);
        }
        return done(reply.encodedLength());
    }

    private byte[] partitions()
    {
        final byte[] trouble = bytes("none");
        final PartitionsReplyEncoder reply = new PartitionsReplyEncoder().wrapAndApplyHeader(out, 0, header)
            .correlationId(id).version(1).next(-1).replicas(1).minInSync(1).controlReached((short) 1)
            .reserved1((short) 0).reserved2(0);
        reply.listedCount(1).next().epoch(1).records(SIZE).partition(0).primary(0).losses(0)
            .state(CopyState.SERVING).reserved3((short) 0).reserved4(0);
        final PartitionsReplyEncoder.CopiesEncoder copy =
            reply.copiesCount(1).next().behind(0).partition(0).member(0);
        copy.flags().clear().inSync(true);
        copy.reserved5((short) 0).reserved6(0).reserved7(0);
        return done(reply.putTrouble(trouble, 0, trouble.length).encodedLength());
    }

    private byte[] done(final int encodedLength)
    {
        final byte[] message = new byte[HEADER + encodedLength];
        out.getBytes(0, message);
        return message;
    }

    private static byte[] bytes(final String text)
    {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
