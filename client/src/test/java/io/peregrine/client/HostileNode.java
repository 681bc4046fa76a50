package io.peregrine.client;

import io.peregrine.client.codec.FragmentDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.port.Fragmenter;
import io.peregrine.client.port.MessageSink;
import io.peregrine.client.remote.ClientCore;
import io.peregrine.client.remote.ClientRules;
import io.peregrine.transport.link.LinkConnection;
import io.peregrine.transport.link.LinkSender;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A node that answers every request, and most of them with something that is not the answer. Each message comes in
 * memory of exactly its length, so that nobody reads past its end unseen.
 */
final class HostileNode implements LinkConnection, LinkSender
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int PIECES_FROM = 200;
    private static final int STRUCTURAL = 7;
    private static final long STEP_NS = 100_000;
    private static long connections;

    long answers;
    final RightAnswers right = new RightAnswers();
    private final UnsafeBuffer claim = new UnsafeBuffer(0, 0);
    private final Queue<byte[]> requests = new ArrayDeque<>();
    private final List<byte[]> pieces = new ArrayList<>();
    private final long id = ++connections;
    private final Random random;
    private final boolean isStructural;
    private final ClientCore core;
    private long nowNs = 1;
    private int tag;

    /**
     * @param isStructural whether only what an answer says of its own form is changed, and never what it tells.
     */
    HostileNode(final Random random, final boolean isStructural, final int partitions)
    {
        this.random = random;
        this.isStructural = isStructural;
        core = new ClientCore(
            new ClientCore.Settings(
                partitions, 100, 10_000, 0, 1, 32, 1 << 16, 1L << 40, 10 * STEP_NS, 2 * STEP_NS, 20 * STEP_NS, 1),
            new ClientRules(),
            this::turn);
        core.onConnection(0, this);
    }

    ClientCore core()
    {
        return core;
    }

    /**
     * Time goes on, and what was asked is answered.
     */
    private void turn()
    {
        nowNs += STEP_NS;
        for (byte[] request = requests.poll(); request != null; request = requests.poll())
        {
            answer(request);
        }
        core.work(nowNs);
    }

    private void answer(final byte[] request)
    {
        final UnsafeBuffer asked = new UnsafeBuffer(request);
        final int template = Short.toUnsignedInt(asked.getShort(2, ByteOrder.LITTLE_ENDIAN));
        if (template == FragmentDecoder.TEMPLATE_ID)
        {
            return;
        }
        for (int i = random.nextInt(3); i > 0; i--)
        {
            deliver(isStructural ? misshapen(asked, template) : mutated(asked, template));
        }
        if (random.nextInt(3) > 0)
        {
            deliver(right.to(asked, template));
        }
    }

    /**
     * What looks right but for its form.
     */
    private byte[] misshapen(final DirectBuffer asked, final int template)
    {
        final byte[] answer = right.to(asked, template);
        final UnsafeBuffer buffer = new UnsafeBuffer(answer);
        final int parts = HEADER + Short.toUnsignedInt(buffer.getShort(0, ByteOrder.LITTLE_ENDIAN));
        switch (random.nextInt(STRUCTURAL))
        {
            case 0:
                return Arrays.copyOf(answer, random.nextInt(answer.length));

            case 1:
                return Arrays.copyOf(answer, answer.length + 1 + random.nextInt(40));

            case 2:
                buffer.putShort(0, other(buffer.getShort(0)), ByteOrder.LITTLE_ENDIAN);
                return answer;

            case 3:
                buffer.putShort(4, other(buffer.getShort(4)), ByteOrder.LITTLE_ENDIAN);
                return answer;

            case 4:
                return right.toAnother(asked, template, random);

            default:
                return parts < answer.length ? withOtherLength(answer, buffer, parts) : new byte[random.nextInt(40)];
        }
    }

    /**
     * The first length or count behind the root block is another one.
     */
    private byte[] withOtherLength(final byte[] answer, final UnsafeBuffer buffer, final int at)
    {
        final int half = random.nextInt(2) * Short.BYTES;
        final short before = buffer.getShort(at + half);
        buffer.putShort(at + half, other(before), ByteOrder.LITTLE_ENDIAN);
        return answer;
    }

    private short other(final short value)
    {
        short changed = value;
        while (changed == value || changed == Short.reverseBytes(value))
        {
            changed = (short) (random.nextBoolean() ? random.nextInt() : value + random.nextInt(9) - 4);
        }
        return changed;
    }

    private byte[] mutated(final DirectBuffer asked, final int template)
    {
        final int dice = random.nextInt(40);
        if (dice == 0)
        {
            final byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            return noise;
        }
        final byte[] answer = dice < 20 ? right.to(asked, template) :
            dice < 30 ? right.toAnother(asked, template, random) : misshapen(asked, template);
        for (int i = random.nextInt(6); i > 0 && answer.length > 0; i--)
        {
            final int at = random.nextInt(Math.min(answer.length, random.nextBoolean() ? 60 : answer.length));
            answer[at] = (byte) (random.nextBoolean() ? random.nextInt() : answer[at] ^ 1 << random.nextInt(8));
        }
        return answer;
    }

    private void deliver(final byte[] message)
    {
        answers++;
        if (message.length < PIECES_FROM || random.nextInt(4) > 0)
        {
            core.onMessage(0, tag, new UnsafeBuffer(message), 0, message.length);
            return;
        }
        final Fragmenter fragmenter = new Fragmenter();
        final long correlationId = new UnsafeBuffer(message).getLong(HEADER, ByteOrder.LITTLE_ENDIAN);
        fragmenter.begin(0, correlationId, new UnsafeBuffer(message), 0, message.length);
        fragmenter.resume(new Pieces());
        if (random.nextBoolean())
        {
            pieces.remove(random.nextInt(pieces.size()));
        }
        else if (random.nextBoolean())
        {
            final byte[] piece = pieces.get(random.nextInt(pieces.size()));
            piece[random.nextInt(Math.min(piece.length, 36))] ^= (byte) (1 << random.nextInt(8));
        }
        for (final byte[] piece : pieces)
        {
            answers++;
            core.onMessage(0, tag, new UnsafeBuffer(piece), 0, piece.length);
        }
        pieces.clear();
    }

    @Override
    public long id()
    {
        return id;
    }

    @Override
    public long incarnation()
    {
        return 1;
    }

    @Override
    public long gridId()
    {
        return 1;
    }

    @Override
    public DirectBuffer greeting()
    {
        return claim;
    }

    @Override
    public boolean isOpen()
    {
        return true;
    }

    @Override
    public boolean isQuiet()
    {
        return random.nextInt(100) == 0;
    }

    @Override
    public LinkSender newSender()
    {
        return this;
    }

    @Override
    public int maxMessageLength()
    {
        return 1 << 16;
    }

    @Override
    public int tryClaim(final int newTag, final int length)
    {
        tag = newTag;
        claim.wrap(new byte[length]);
        return 0;
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return claim;
    }

    @Override
    public void commit()
    {
        requests.add(claim.byteArray());
    }

    @Override
    public void abort()
    {
        claim.wrap(0, 0);
    }

    /**
     * Keeps the pieces of a long answer.
     */
    private final class Pieces implements MessageSink
    {
        private final UnsafeBuffer piece = new UnsafeBuffer(0, 0);

        @Override
        public int maxMessageLength()
        {
            return 100;
        }

        @Override
        public int tryClaim(final int partition, final int length)
        {
            piece.wrap(new byte[length]);
            return 0;
        }

        @Override
        public MutableDirectBuffer buffer()
        {
            return piece;
        }

        @Override
        public void commit()
        {
            pieces.add(piece.byteArray());
        }

        @Override
        public void abort()
        {
            piece.wrap(0, 0);
        }
    }
}
