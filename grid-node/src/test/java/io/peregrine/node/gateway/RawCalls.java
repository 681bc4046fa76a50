package io.peregrine.node.gateway;

import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.RefusalDecoder;
import io.peregrine.transport.link.ClientLink;
import io.peregrine.transport.link.LinkSender;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends messages as they are, one at a time, and keeps the last answer.
 */
final class RawCalls
{
    final UnsafeBuffer message = new UnsafeBuffer(new byte[512]);
    byte[] answer;

    private final RemoteNode remote;

    RawCalls(final RemoteNode remote)
    {
        this.remote = remote;
    }

    /**
     * @param length of the message.
     * @return what kind of message the answer is.
     */
    int call(final ClientLink link, final int length)
    {
        answer = null;
        final LinkSender sender = link.connection().newSender();
        final int at = sender.tryClaim(1, length);
        sender.buffer().putBytes(at, message, 0, length);
        sender.commit();
        remote.await("answer", () ->
        {
            link.poll((tag, buffer, offset, of) ->
            {
                answer = new byte[of];
                buffer.getBytes(offset, answer);
            }, 1);
            return answer != null;
        });
        return new MessageHeaderDecoder().wrap(new UnsafeBuffer(answer), 0).templateId();
    }

    /**
     * @return why it was refused; null if it was not.
     */
    Reason refusal(final ClientLink link, final int length)
    {
        return call(link, length) != RefusalDecoder.TEMPLATE_ID ? null : new RefusalDecoder()
            .wrapAndApplyHeader(new UnsafeBuffer(answer), 0, new MessageHeaderDecoder()).reason();
    }
}
