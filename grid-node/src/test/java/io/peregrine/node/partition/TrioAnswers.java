package io.peregrine.node.partition;

import io.peregrine.client.codec.MapReplyDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.RefusalDecoder;
import io.peregrine.client.port.MessageSink;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts answers to writes, and keeps why those were refused that were.
 */
final class TrioAnswers implements MessageSink
{
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    final List<Reason> reasons = new ArrayList<>();
    int count;
    long version;

    @Override
    public int maxMessageLength()
    {
        return Integer.MAX_VALUE;
    }

    @Override
    public int tryClaim(final int partition, final int length)
    {
        return 0;
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return buffer;
    }

    @Override
    public void commit()
    {
        count++;
        header.wrap(buffer, 0);
        if (header.templateId() == RefusalDecoder.TEMPLATE_ID)
        {
            reasons.add(new RefusalDecoder().wrapAndApplyHeader(buffer, 0, header).reason());
        }
        else
        {
            version = new MapReplyDecoder().wrapAndApplyHeader(buffer, 0, header).version();
        }
    }

    @Override
    public void abort()
    {
    }
}
