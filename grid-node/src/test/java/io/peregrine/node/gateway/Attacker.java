package io.peregrine.node.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.client.codec.FragmentDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.transport.link.ClientLink;
import io.peregrine.transport.link.ClientLinks;
import io.peregrine.transport.link.LinkConnection;
import io.peregrine.transport.link.LinkSender;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A client that sends what it is told to, counts what it is answered, and comes again when it was thrown out.
 */
final class Attacker
{
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    final ClientLink link;

    private final RemoteNode remote;
    private LinkConnection connection;
    private LinkSender sender;
    private long answers;
    private long connections;

    Attacker(final RemoteNode remote, final ClientLinks client)
    {
        this.remote = remote;
        this.link = remote.connect(client);
        renew();
    }

    /**
     * @return false when the connection was lost meanwhile; another one is there.
     */
    boolean send(final int tag, final UnsafeBuffer message, final int length)
    {
        final long startNs = System.nanoTime();
        int at;
        while ((at = sender.tryClaim(tag, length)) < 0)
        {
            assertTrue(System.nanoTime() - startNs < LIMIT_NS, "no room");
            if (at == LinkSender.DISCONNECTED || link.connection() != connection)
            {
                renew();
                return false;
            }
            work();
        }
        sender.buffer().putBytes(at, message, 0, length);
        sender.commit();
        return true;
    }

    void work()
    {
        remote.work();
        link.poll(this::onAnswer, 64);
    }

    /**
     * @return false when the connection was lost meanwhile; another one is there.
     */
    boolean awaitAnswers(final long count)
    {
        remote.await("answers " + count, () ->
        {
            link.poll(this::onAnswer, 64);
            return link.connection() != connection || answers >= count;
        });
        if (link.connection() != connection)
        {
            renew();
            return false;
        }
        return true;
    }

    long answers()
    {
        return answers;
    }

    long connections()
    {
        return connections;
    }

    private void renew()
    {
        remote.await("connection", () -> link.connection() != null);
        connection = link.connection();
        sender = connection.newSender();
        answers = 0;
        connections++;
    }

    private void onAnswer(final int tag, final DirectBuffer buffer, final int offset, final int length)
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        if (header.templateId() == FragmentDecoder.TEMPLATE_ID)
        {
            final int from = new FragmentDecoder().wrap(
                buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH, header.blockLength(), header.version()).from();
            answers += from == 0 ? 1 : 0;
        }
        else
        {
            answers++;
        }
    }
}
