package io.peregrine.node.partition;

import io.peregrine.client.codec.LockAction;
import io.peregrine.client.codec.LockKind;
import io.peregrine.client.codec.LockLookEncoder;
import io.peregrine.client.codec.LockReplyDecoder;
import io.peregrine.client.codec.LockRequestEncoder;
import io.peregrine.client.codec.LockStatus;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.Reason;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.nio.charset.StandardCharsets;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A partition that is asked about locks, semaphores and latches by two sessions.
 */
abstract class LockBench
{
    static final long SECOND = 1_000_000_000L;
    static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    final Bench bench = new Bench(16 << 20, false);
    final LockRequestEncoder request = new LockRequestEncoder();
    LockKind kind = LockKind.LOCK;
    int total;
    int permits;
    long session;
    long other;
    long number;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private long otherNumber;

    @BeforeEach
    void open()
    {
        session = bench.openSession(0, 100 * SECOND);
        other = bench.openSession(0, 100 * SECOND);
    }

    @AfterEach
    void close()
    {
        bench.close();
    }

    final int encode(
        final long of, final LockAction action, final String name, final long fence, final long lease, final long wait)
    {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        request.wrapAndApplyHeader(bench.requests.buffer, 0, header)
            .correlationId(77)
            .sessionId(of)
            .requestNumber(of == 0 ? 0 : of == session ? ++number : ++otherNumber)
            .lowestUnanswered(of == 0 ? 0 : 1)
            .lease(lease)
            .waiting(wait)
            .holder(of)
            .fence(fence)
            .partition(0)
            .action(action)
            .flags().clear();
        request.kind(kind).reserved1((short) 0).total(total).permits(permits).putName(bytes, 0, bytes.length);
        return HEADER + request.encodedLength();
    }

    final LockStatus ask(
        final long of, final LockAction action, final String name, final long fence, final long lease, final long wait)
    {
        assertTrue(bench.deliver(encode(of, action, name, fence, lease, wait)), () -> "" + bench.reason());
        return reply().status();
    }

    final Reason refusal(
        final long of, final LockAction action, final String name, final long lease, final long wait)
    {
        assertFalse(bench.deliver(encode(of, action, name, 0, lease, wait)));
        return bench.reason();
    }

    final LockStatus look(final long of, final String name)
    {
        assertTrue(bench.deliver(encodeLook(78, of, name, false)), () -> "" + bench.reason());
        return reply().status();
    }

    final int encodeLook(final long correlationId, final long of, final String name, final boolean await)
    {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        final LockLookEncoder look = new LockLookEncoder();
        look.wrapAndApplyHeader(bench.requests.buffer, 0, header)
            .correlationId(correlationId)
            .sessionId(of)
            .holder(of)
            .partition(0)
            .await((short) (await ? 1 : 0))
            .kind(kind)
            .reserved1(0)
            .putName(bytes, 0, bytes.length);
        return HEADER + look.encodedLength();
    }

    final LockReplyDecoder reply()
    {
        final UnsafeBuffer answer = new UnsafeBuffer(bench.answerBytes(0, bench.answerLength()));
        return new LockReplyDecoder().wrapAndApplyHeader(answer, 0, new MessageHeaderDecoder());
    }
}
