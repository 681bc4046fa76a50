package io.peregrine.perf.remote;

import io.peregrine.client.codec.FragmentEncoder;
import io.peregrine.client.codec.MapReadRequestEncoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.transport.link.LinkConnection;
import io.peregrine.transport.link.LinkSender;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.concurrent.TimeUnit;

/**
 * Sends what a {@link Nuisance} sends, by one connection.
 */
final class NuisanceSender
{
    private static final int ASKED_AT_ONCE = 64;
    private static final int TAGS = 64;
    private static final int PIECE = 1_024;
    private static final int LONG = 256 * PIECE;
    private static final long BEGIN_AGAIN_NS = TimeUnit.SECONDS.toNanos(1);
    private static final byte[] KEY = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[2 * PIECE]);
    private final byte[] piece = new byte[PIECE];
    private final LinkSender sender;
    private final int readLength;
    private long correlationId;
    private long begunNs;
    private boolean hasBegun;

    NuisanceSender(final LinkConnection connection)
    {
        sender = connection.newSender();
        readLength = MessageHeaderEncoder.ENCODED_LENGTH + new MapReadRequestEncoder()
            .wrapAndApplyHeader(message, 0, header)
            .correlationId(0).structureId(1).partition(0).withValue((short) 1).reserved1((short) 0).reserved2(0)
            .reserved3(0).putKey(KEY, 0, KEY.length).encodedLength();
    }

    /**
     * @return requests sent.
     */
    int ask()
    {
        int sent = 0;
        while (sent < ASKED_AT_ONCE && send(1 + sent % TAGS, readLength))
        {
            sent++;
        }
        return sent;
    }

    /**
     * Begin long requests, from time to time.
     *
     * @return pieces sent.
     */
    int begin(final long nowNs)
    {
        if (hasBegun && nowNs - begunNs < BEGIN_AGAIN_NS)
        {
            return 0;
        }

        hasBegun = true;
        begunNs = nowNs;
        int sent = 0;
        for (int tag = 1; tag <= TAGS; tag++)
        {
            final int length = MessageHeaderEncoder.ENCODED_LENGTH + new FragmentEncoder()
                .wrapAndApplyHeader(message, 0, header)
                .correlationId(++correlationId).totalLength(LONG).from(0).putPiece(piece, 0, PIECE).encodedLength();
            sent += send(tag, length) ? 1 : 0;
        }
        return sent;
    }

    private boolean send(final int tag, final int length)
    {
        final int at = sender.tryClaim(tag, length);
        if (at < 0)
        {
            return false;
        }

        sender.buffer().putBytes(at, message, 0, length);
        sender.commit();
        return true;
    }
}
