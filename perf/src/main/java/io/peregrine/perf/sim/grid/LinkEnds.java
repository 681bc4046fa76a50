package io.peregrine.perf.sim.grid;

import io.peregrine.client.codec.Kind;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.StructureReplyEncoder;
import io.peregrine.client.codec.StructureRequestDecoder;
import io.peregrine.client.codec.TableRequestDecoder;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.gateway.TableDesk;
import io.peregrine.node.partition.AgentPartitions;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;

/**
 * The links by which clients reach one data agent: what comes by one is taken in order and without a gap, or the link
 * is gone. Questions for the table and for the map are answered here, as the node's agent does.
 */
final class LinkEnds
{
    private static final int SMALL = 64;
    private static final int MAP = 1;
    private static final byte[] NAME = "map".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    private final Long2ObjectHashMap<LinkEnd> open = new Long2ObjectHashMap<>();
    private final UnsafeBuffer message = new UnsafeBuffer(0, 0);
    private final ExpandableArrayBuffer answer = new ExpandableArrayBuffer();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MessageHeaderEncoder headerOut = new MessageHeaderEncoder();
    private final StructureRequestDecoder structure = new StructureRequestDecoder();
    private final StructureReplyEncoder structures = new StructureReplyEncoder();
    private final Life life;
    private final AgentPartitions partitions;
    private final SessionDoor sessions;
    private final TableDesk table;

    LinkEnds(final Life life, final AgentPartitions partitions, final SessionDoor sessions)
    {
        this.life = life;
        this.partitions = partitions;
        this.sessions = sessions;
        this.table = new TableDesk(partitions.replies());
    }

    void onParcel(final int client, final Parcel parcel, final ControlView view, final long nowNs)
    {
        final LinkEnd end = open.get(parcel.link());
        if (parcel.kind() == Parcel.Kind.KNOCK)
        {
            if (end == null)
            {
                open.put(parcel.link(), new LinkEnd(life, parcel.agent(), client, parcel.link()));
            }
            say(client, Parcel.Kind.WELCOME, parcel);
        }
        else if (end == null)
        {
            say(client, Parcel.Kind.GONE, parcel);
        }
        else if (parcel.kind() == Parcel.Kind.PING)
        {
            say(client, Parcel.Kind.PONG, parcel);
        }
        else if (end.takes(parcel.number()))
        {
            onRequest(parcel.bytes(), end.sink(parcel.tag()), view, nowNs);
        }
        else
        {
            open.remove(parcel.link());
            say(client, Parcel.Kind.GONE, parcel);
        }
    }

    private void say(final int client, final Parcel.Kind kind, final Parcel to)
    {
        life.answer(client, Parcel.of(kind, to.agent(), to.link()), SMALL);
    }

    private void onRequest(final byte[] bytes, final MessageSink sink, final ControlView view, final long nowNs)
    {
        message.wrap(bytes);
        header.wrap(message, 0);
        switch (header.templateId())
        {
            case TableRequestDecoder.TEMPLATE_ID:
                table.onRequest(message, 0, bytes.length, header, sink, view);
                break;

            case StructureRequestDecoder.TEMPLATE_ID:
                openMap(sink);
                break;

            default:
                final byte[] taken = sessions.take(bytes, partitions);
                message.wrap(taken);
                partitions.onRequest(message, 0, taken.length, sink, nowNs);
                break;
        }
    }

    private void openMap(final MessageSink sink)
    {
        structure.wrapAndApplyHeader(message, 0, header);
        structures.wrapAndApplyHeader(answer, 0, headerOut)
            .correlationId(structure.correlationId())
            .structuresCount(1)
            .next()
            .ttl(-1)
            .maxIdle(-1)
            .structureId(MAP)
            .kind(Kind.MAP)
            .reserved1((short) 0)
            .reserved2(0)
            .putName(NAME, 0, NAME.length);
        final int length = HEADER + structures.encodedLength();
        final int at = sink.tryClaim(0, length);
        sink.buffer().putBytes(at, answer, 0, length);
        sink.commit();
    }
}
