package io.peregrine.client;

import io.peregrine.client.codec.MapReplyEncoder;
import io.peregrine.client.codec.MapRequestDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.Status;
import io.peregrine.client.codec.StructureReplyEncoder;
import io.peregrine.client.codec.StructureRequestDecoder;
import io.peregrine.client.port.LocalReads;
import io.peregrine.client.port.MessageHandler;
import io.peregrine.client.port.ReadDetails;
import io.peregrine.client.port.RequestLane;
import io.peregrine.client.port.RequestPort;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A port that says yes to every command and knows one value, and allocates nothing while it does so.
 */
final class LoopbackPort implements RequestPort, RequestLane, LocalReads
{
    private static final byte[] NOTHING = new byte[0];

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MessageHeaderEncoder replyHeader = new MessageHeaderEncoder();
    private final MapRequestDecoder request = new MapRequestDecoder();
    private final MapReplyEncoder reply = new MapReplyEncoder();
    private final UnsafeBuffer requestBuffer = new UnsafeBuffer(new byte[4096]);
    private final UnsafeBuffer replyBuffer = new UnsafeBuffer(new byte[4096]);
    private final UnsafeBuffer value = new UnsafeBuffer(new byte[100]);
    private boolean sent;

    @Override
    public int poll(final MessageHandler handler, final int limit)
    {
        if (!sent)
        {
            return 0;
        }
        sent = false;
        header.wrap(requestBuffer, 0);
        if (header.templateId() == StructureRequestDecoder.TEMPLATE_ID)
        {
            answerStructure(handler);
            return 1;
        }
        request.wrap(requestBuffer, 8, header.blockLength(), header.version());
        reply.wrapAndApplyHeader(replyBuffer, 0, replyHeader)
            .correlationId(request.correlationId()).version(1).number(2).status(Status.APPLIED);
        reply.flags().clear().present(true).valueIncluded(false);
        reply.reserved1(0).reserved2(0).putValue(NOTHING, 0, 0);
        handler.onMessage(replyBuffer, 0, 8 + reply.encodedLength());
        return 1;
    }

    private void answerStructure(final MessageHandler handler)
    {
        final StructureReplyEncoder structure = new StructureReplyEncoder();
        structure.wrapAndApplyHeader(replyBuffer, 0, replyHeader)
            .correlationId(requestBuffer.getLong(8))
            .structuresCount(1).next().structureId(1).putName(NOTHING, 0, 0);
        handler.onMessage(replyBuffer, 0, 8 + structure.encodedLength());
    }

    @Override
    public int get(
        final int partition,
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int dstLength)
    {
        dst.putBytes(dstOffset, value, 0, 100);
        return 100;
    }

    @Override
    public int get(
        final int partition,
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int dstLength,
        final ReadDetails details)
    {
        details.set(1, -1, -1);
        return get(partition, hash, key, keyOffset, keyLength, dst, dstOffset, dstLength);
    }

    @Override
    public int find(
        final int partition,
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final ReadDetails details)
    {
        return 100;
    }

    @Override
    public long size()
    {
        return 1;
    }

    @Override
    public int maxInFlight()
    {
        return 1;
    }

    @Override
    public int maxMessageLength()
    {
        return 4096;
    }

    @Override
    public int tryClaim(final int partition, final int length)
    {
        return 0;
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return requestBuffer;
    }

    @Override
    public void commit()
    {
        sent = true;
    }

    @Override
    public void abort()
    {
        sent = false;
    }

    @Override
    public void idle(final int workCount)
    {
        Thread.onSpinWait();
    }

    @Override
    public int partitions()
    {
        return 256;
    }

    @Override
    public int maxKeyLength()
    {
        return 4096;
    }

    @Override
    public int maxValueLength()
    {
        return 1 << 20;
    }

    @Override
    public RequestLane openLane()
    {
        return this;
    }

    @Override
    public LocalReads localReads(final int structureId)
    {
        return this;
    }

    @Override
    public boolean isClosed()
    {
        return false;
    }

    @Override
    public void close()
    {
        sent = false;
    }
}
