package io.peregrine.perf.echo;

import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.peregrine.perf.process.ChildMain;
import io.peregrine.perf.rig.Subject;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;

import java.util.concurrent.TimeUnit;

/**
 * Sends a message and waits for its echo, moving the messages itself. Driving thread.
 */
final class EchoCalls implements Subject, FragmentHandler
{
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int CHECK_EVERY = 1 << 12;
    private static final int POLL_LIMIT = 8;

    private final EchoDriver driver;
    private final EchoStreams streams;
    private final int requestLength;
    private final int answerLength;
    private final IdleStrategy idle = ChildMain.idle();
    private final BufferClaim claim = new BufferClaim();
    private long answered = -1;
    private int length;

    EchoCalls(
        final EchoDriver driver, final EchoStreams streams, final int requestLength, final int answerLength)
    {
        this.driver = driver;
        this.streams = streams;
        this.requestLength = requestLength;
        this.answerLength = answerLength;
    }

    @Override
    public int run(final long first, final int count)
    {
        int wrong = 0;
        for (int i = 0; i < count; i++)
        {
            wrong += call(first + i) ? 0 : 1;
        }

        return wrong;
    }

    private boolean call(final long number)
    {
        answered = -1;
        boolean isSent = false;
        int idles = 0;
        long startNs = 0;
        while (answered < 0)
        {
            isSent = isSent || send(number);
            idle.idle(driver.work() + streams.in.poll(this, POLL_LIMIT));
            if (++idles % CHECK_EVERY == 0)
            {
                final long now = System.nanoTime();
                startNs = startNs == 0 ? now : startNs;
                if (now - startNs > LIMIT_NS)
                {
                    return false;
                }
            }
        }

        return answered == number && length == answerLength;
    }

    private boolean send(final long number)
    {
        if (streams.out.tryClaim(requestLength, claim) <= 0)
        {
            return false;
        }

        claim.buffer().putLong(claim.offset(), number);
        claim.buffer().putInt(claim.offset() + EchoProcess.LENGTH_AT, answerLength);
        claim.commit();
        return true;
    }

    @Override
    public void onFragment(final DirectBuffer buffer, final int offset, final int messageLength, final Header header)
    {
        answered = buffer.getLong(offset);
        length = messageLength;
    }
}
