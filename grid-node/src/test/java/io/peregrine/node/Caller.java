package io.peregrine.node;

import io.peregrine.client.codec.Action;
import io.peregrine.client.codec.Condition;
import io.peregrine.client.codec.Kind;
import io.peregrine.client.codec.MapReadReplyDecoder;
import io.peregrine.client.codec.MapReadRequestEncoder;
import io.peregrine.client.codec.MapReplyDecoder;
import io.peregrine.client.codec.MapRequestEncoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.RefusalDecoder;
import io.peregrine.client.codec.StructureAction;
import io.peregrine.client.codec.StructureReplyDecoder;
import io.peregrine.client.codec.StructureRequestEncoder;
import io.peregrine.client.port.Assembler;
import io.peregrine.client.port.Fragmenter;
import io.peregrine.client.port.KeyHash;
import io.peregrine.client.port.RequestLane;
import io.peregrine.client.port.RequestPort;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A caller that speaks the protocol by hand, over one lane, one request at a time.
 */
public final class Caller implements AutoCloseable
{
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final MapRequestEncoder map = new MapRequestEncoder();
    private final MapReadRequestEncoder read = new MapReadRequestEncoder();
    private final StructureRequestEncoder structure = new StructureRequestEncoder();
    private final ExpandableArrayBuffer request = new ExpandableArrayBuffer();
    private final Fragmenter fragmenter = new Fragmenter();
    private final Assembler assembler = new Assembler(64 << 20);
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[0]);
    private final RequestPort port;
    private final RequestLane lane;
    private final UnsafeBuffer value = new UnsafeBuffer(new byte[8 << 20]);
    private long correlationId;
    private byte[] answer;

    /**
     * @param port to call by.
     */
    public Caller(final RequestPort port)
    {
        this.port = port;
        this.lane = port.openLane();
    }

    /**
     * @param text that is a key.
     * @return the partition of it.
     */
    public int partition(final String text)
    {
        key.wrap(text.getBytes(StandardCharsets.UTF_8));
        return KeyHash.partition(KeyHash.hash(key, 0, key.capacity()), port.partitions());
    }

    /**
     * @param name of a map.
     * @return its number.
     */
    public int open(final String name)
    {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        structure.wrapAndApplyHeader(request, 0, header)
            .correlationId(++correlationId)
            .ttl(0)
            .maxIdle(0)
            .structureId(0)
            .action(StructureAction.OPEN)
            .kind(Kind.MAP)
            .putName(bytes, 0, bytes.length);
        call(0, MessageHeaderEncoder.ENCODED_LENGTH + structure.encodedLength());
        require(StructureReplyDecoder.TEMPLATE_ID);
        return new StructureReplyDecoder().wrapAndApplyHeader(new UnsafeBuffer(answer), 0, headerDecoder)
            .structures().next().structureId();
    }

    /**
     * @param mapId of a map.
     */
    public void destroy(final int mapId)
    {
        structure.wrapAndApplyHeader(request, 0, header)
            .correlationId(++correlationId)
            .ttl(0)
            .maxIdle(0)
            .structureId(mapId)
            .action(StructureAction.DESTROY)
            .kind(Kind.MAP)
            .putName(new byte[0], 0, 0);
        call(0, MessageHeaderEncoder.ENCODED_LENGTH + structure.encodedLength());
        require(StructureReplyDecoder.TEMPLATE_ID);
    }

    /**
     * @return the answer to an unconditional put that returns what was there.
     */
    public MapReplyDecoder put(final int mapId, final String key, final byte[] value)
    {
        command(mapId, key, value, 0);
        require(MapReplyDecoder.TEMPLATE_ID);
        return new MapReplyDecoder().wrapAndApplyHeader(new UnsafeBuffer(answer), 0, headerDecoder);
    }

    /**
     * @return why a put was refused, or null when it was not.
     */
    public RefusalDecoder tryPut(final int mapId, final String key, final byte[] value, final long ttlNs)
    {
        command(mapId, key, value, ttlNs);
        return refusal();
    }

    /**
     * @return the value read through the agent, or null.
     */
    public byte[] read(final int mapId, final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        read.wrapAndApplyHeader(request, 0, header)
            .correlationId(++correlationId)
            .staleness(0)
            .structureId(mapId)
            .partition(partition(text))
            .withValue((short) 1)
            .reserved1((short) 0)
            .reserved2(0)
            .reserved3(0)
            .putKey(bytes, 0, bytes.length);
        call(partition(text), MessageHeaderEncoder.ENCODED_LENGTH + read.encodedLength());
        require(MapReadReplyDecoder.TEMPLATE_ID);
        final MapReadReplyDecoder reply =
            new MapReadReplyDecoder().wrapAndApplyHeader(new UnsafeBuffer(answer), 0, headerDecoder);
        final byte[] value = new byte[reply.valueLength()];
        final boolean present = reply.flags().present();
        reply.getValue(value, 0, value.length);
        return present ? value : null;
    }

    /**
     * @return the value read from memory, or null.
     */
    public byte[] get(final int mapId, final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final UnsafeBuffer keyBuffer = new UnsafeBuffer(bytes);
        final long hash = KeyHash.hash(keyBuffer, 0, bytes.length);
        final int length = port.localReads(mapId).get(
            partition(text), hash, keyBuffer, 0, bytes.length, value, 0, value.capacity());
        if (length < -1)
        {
            throw new IllegalStateException("code " + length);
        }

        final byte[] result = new byte[Math.max(0, length)];
        value.getBytes(0, result);
        return length < 0 ? null : result;
    }

    /**
     * @return the last answer as a refusal, or null when it was none.
     */
    public RefusalDecoder refusal()
    {
        headerDecoder.wrap(new UnsafeBuffer(answer), 0);
        return headerDecoder.templateId() != RefusalDecoder.TEMPLATE_ID ? null :
            new RefusalDecoder().wrapAndApplyHeader(new UnsafeBuffer(answer), 0, headerDecoder);
    }

    /**
     * @return the lane.
     */
    public RequestLane lane()
    {
        return lane;
    }

    @Override
    public void close()
    {
        lane.close();
    }

    private void command(final int mapId, final String text, final byte[] value, final long ttlNs)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        map.wrapAndApplyHeader(request, 0, header)
            .correlationId(++correlationId)
            .sessionId(0)
            .requestNumber(0)
            .lowestUnanswered(0)
            .ttl(ttlNs)
            .maxIdle(0)
            .operand(0)
            .expectedVersion(0)
            .structureId(mapId)
            .partition(partition(text))
            .action(Action.PUT)
            .condition(Condition.NONE)
            .reserved1((short) 0)
            .reserved2(0);
        map.flags().clear().returnPrevious(true);
        map.putKey(bytes, 0, bytes.length).putValue(value, 0, value.length).putExpected(new byte[0], 0, 0);
        call(partition(text), MessageHeaderEncoder.ENCODED_LENGTH + map.encodedLength());
    }

    private void call(final int partition, final int length)
    {
        answer = null;
        fragmenter.begin(partition, correlationId, request, 0, length);
        final long startNs = System.nanoTime();
        while (answer == null)
        {
            if (!fragmenter.isDone() && fragmenter.resume(lane) == RequestLane.CLOSED)
            {
                throw new IllegalStateException("closed");
            }

            lane.idle(lane.poll(this::onMessage, 10));
            if (port.isClosed() || System.nanoTime() - startNs > LIMIT_NS)
            {
                throw new IllegalStateException(port.isClosed() ? "closed" : "no answer");
            }
        }
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length)
    {
        headerDecoder.wrap(buffer, offset);
        if (headerDecoder.templateId() == io.peregrine.client.codec.FragmentDecoder.TEMPLATE_ID)
        {
            assembler.onFragment(buffer, offset, headerDecoder, this::onMessage);
            return;
        }

        final long answered =
            buffer.getLong(offset + MessageHeaderDecoder.ENCODED_LENGTH, java.nio.ByteOrder.LITTLE_ENDIAN);
        if (answered == correlationId)
        {
            answer = new byte[length];
            buffer.getBytes(offset, answer);
        }
    }

    private void require(final int templateId)
    {
        headerDecoder.wrap(new UnsafeBuffer(answer), 0);
        if (headerDecoder.templateId() != templateId)
        {
            throw new IllegalStateException("refused: " + refusal());
        }
    }
}
