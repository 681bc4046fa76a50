package io.peregrine.node.replication;

import io.peregrine.node.codec.BeatAnswerDecoder;
import io.peregrine.node.codec.BeatDecoder;
import io.peregrine.node.codec.MessageHeaderDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Gives messages to who reads them.
 */
final class Messages
{
    private Messages()
    {
    }

    static void deliver(final UnsafeBuffer message, final PeerPairs to, final long nowNs)
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        if (!Envelope.isMessage(header, message, 0, message.capacity()))
        {
            throw new AssertionError("no message");
        }
        switch (header.templateId())
        {
            case BeatDecoder.TEMPLATE_ID:
                to.onBeat(message, 0);
                break;
            case BeatAnswerDecoder.TEMPLATE_ID:
                to.onBeatAnswer(message, 0, nowNs);
                break;
            default:
                throw new AssertionError("template " + header.templateId());
        }
    }
}
