package io.peregrine.client;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.FragmentDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.port.Assembler;
import io.peregrine.client.port.Fragmenter;
import io.peregrine.client.port.LocalReads;
import io.peregrine.client.port.MessageHandler;
import io.peregrine.client.port.MessageSink;
import io.peregrine.client.port.RequestLane;
import io.peregrine.client.port.RequestPort;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Queue;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A port to a {@link FakeStore}. Requests are answered when their lane is polled, unless the agent is stopped; its
 * fields make it misbehave on purpose. One lock guards everything.
 */
final class FakePort implements RequestPort
{
    final FakeStore store;
    volatile boolean stopped;
    volatile boolean closed;
    boolean local = true;
    int maxMessageLength = 4096;
    int maxLanes = 100;
    int lateLanes;
    int maxInFlight = 64;
    int refusedClaims;
    int claimsLeft = Integer.MAX_VALUE;
    volatile boolean dropNext;
    Reason refuseNext;
    AnswerKind refuseKind;
    int openLanes;
    int maxValueLength = 100_000;
    Runnable onIdle = () -> { };
    final FakeAgent agent;
    private final int partitions;
    private int claims;

    FakePort(final int partitions)
    {
        this.partitions = partitions;
        store = new FakeStore(partitions);
        agent = new FakeAgent(store);
    }

    Grid grid()
    {
        return Grids.over(this, 200_000_000L, 1_000_000_000L);
    }

    /**
     * @return how many claims found room.
     */
    synchronized int claims()
    {
        return claims;
    }

    @Override
    public int partitions()
    {
        return partitions;
    }

    @Override
    public int maxKeyLength()
    {
        return 4096;
    }

    @Override
    public int maxValueLength()
    {
        return maxValueLength;
    }

    @Override
    public synchronized RequestLane openLane()
    {
        if (openLanes == maxLanes || closed || lateLanes-- > 0)
        {
            return null;
        }
        openLanes++;
        return new FakeLane();
    }

    @Override
    public LocalReads localReads(final int structureId)
    {
        return local ? new FakeReads(this, structureId) : null;
    }

    @Override
    public boolean isClosed()
    {
        return closed;
    }

    private final class FakeLane implements RequestLane
    {
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final Assembler assembler = new Assembler(10_000_000);
        private final Queue<byte[]> requests = new ArrayDeque<>();
        private final Queue<byte[]> replies = new ArrayDeque<>();
        private final UnsafeBuffer claim = new UnsafeBuffer(0, 0);
        private boolean open = true;

        @Override
        public int maxInFlight()
        {
            return maxInFlight;
        }

        @Override
        public int maxMessageLength()
        {
            return maxMessageLength;
        }

        @Override
        public int tryClaim(final int partition, final int length)
        {
            synchronized (FakePort.this)
            {
                if (closed)
                {
                    return CLOSED;
                }
                if (claimsLeft == 0)
                {
                    return BACK_PRESSURED;
                }
                claimsLeft--;
                if (refusedClaims > 0)
                {
                    refusedClaims--;
                    return BACK_PRESSURED;
                }
                claims++;
            }
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

        @Override
        public int poll(final MessageHandler handler, final int limit)
        {
            synchronized (FakePort.this)
            {
                while (!stopped && !closed && !requests.isEmpty())
                {
                    take(requests.remove());
                }
            }
            int work = 0;
            while (work < limit && !replies.isEmpty())
            {
                final byte[] reply = replies.remove();
                work++;
                handler.onMessage(new UnsafeBuffer(reply), 0, reply.length);
            }
            return work;
        }

        private void take(final byte[] request)
        {
            final UnsafeBuffer buffer = new UnsafeBuffer(request);
            header.wrap(buffer, 0);
            if (header.templateId() == FragmentDecoder.TEMPLATE_ID)
            {
                assembler.onFragment(buffer, 0, header, (whole, offset, length) -> answer(whole, offset));
            }
            else
            {
                answer(buffer, 0);
            }
        }

        private void answer(final DirectBuffer buffer, final int offset)
        {
            if (dropNext)
            {
                dropNext = false;
                return;
            }
            final long id = buffer.getLong(offset + 8, ByteOrder.LITTLE_ENDIAN);
            final int length = refuseNext == null ?
                agent.answer(buffer, offset) : agent.refuse(id, refuseKind, refuseNext, "as the test wants it");
            refuseNext = null;
            final Fragmenter fragmenter = new Fragmenter();
            fragmenter.begin(0, id, agent.reply, 0, length);
            fragmenter.resume(new ReplySink(replies, maxMessageLength));
        }

        @Override
        public void idle(final int workCount)
        {
            onIdle.run();
            Thread.yield();
        }

        @Override
        public void close()
        {
            synchronized (FakePort.this)
            {
                openLanes -= open ? 1 : 0;
                open = false;
            }
        }
    }

    private static final class ReplySink implements MessageSink
    {
        private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
        private final Queue<byte[]> replies;
        private final int maxMessageLength;

        ReplySink(final Queue<byte[]> replies, final int maxMessageLength)
        {
            this.replies = replies;
            this.maxMessageLength = maxMessageLength;
        }

        @Override
        public int maxMessageLength()
        {
            return maxMessageLength;
        }

        @Override
        public int tryClaim(final int partition, final int length)
        {
            buffer.wrap(new byte[length]);
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
            replies.add(buffer.byteArray());
        }

        @Override
        public void abort()
        {
            buffer.wrap(0, 0);
        }
    }
}
