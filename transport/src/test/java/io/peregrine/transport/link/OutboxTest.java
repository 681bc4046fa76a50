package io.peregrine.transport.link;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class OutboxTest
{
    private static final int BYTES = 7;
    private static final int STREAM = 2_001;
    private static final long NOW_NS = 5;

    private final Outbox outbox = new Outbox(true);
    private final List<Integer> sent = new ArrayList<>();

    @Test
    void shouldSendAStreamOnceHoweverOftenItWasPutIn()
    {
        final Stream first = new Stream(1);
        outbox.add(first);
        outbox.add(new Stream(2));
        outbox.add(first);
        assertFalse(outbox.isEmpty());

        assertEquals(2 * BYTES, outbox.send(this::send, NOW_NS));

        assertEquals(List.of(1, 2), sent);
        assertTrue(outbox.isEmpty());
        assertEquals(0, outbox.send(this::send, NOW_NS));
    }

    @Test
    void shouldSendAgainWhatWasPutInWhileItWasSent()
    {
        final Stream stream = new Stream(1);
        outbox.add(stream);

        outbox.send(
            (sessionId, streamId, nowNs) ->
            {
                if (sent.isEmpty())
                {
                    outbox.add(stream);
                }
                return send(sessionId, streamId, nowNs);
            },
            NOW_NS);

        assertEquals(List.of(1, 1), sent);
    }

    @Test
    void shouldTakeAStreamLaterThatFoundNoRoom()
    {
        for (int i = 0; i < Outbox.CAPACITY; i++)
        {
            outbox.add(new Stream(i));
        }
        final Stream surplus = new Stream(-1);
        outbox.add(surplus);
        outbox.send(this::send, NOW_NS);
        assertEquals(Outbox.CAPACITY, sent.size());
        assertFalse(sent.contains(-1));

        outbox.add(surplus);
        outbox.send(this::send, NOW_NS);

        assertTrue(sent.contains(-1));
    }

    @Test
    void shouldStayEmptyWhenNobodyTakesStreamsOut()
    {
        final Outbox unwanted = new Outbox(false);

        unwanted.add(new Stream(1));

        assertTrue(unwanted.isEmpty());
    }

    private int send(final int sessionId, final int streamId, final long nowNs)
    {
        assertEquals(STREAM, streamId);
        assertEquals(NOW_NS, nowNs);
        sent.add(sessionId);
        return BYTES;
    }

    private static final class Stream implements Outgoing
    {
        private final int sessionId;
        private boolean isInOutbox;

        private Stream(final int sessionId)
        {
            this.sessionId = sessionId;
        }

        @Override
        public int sessionId()
        {
            return sessionId;
        }

        @Override
        public int streamId()
        {
            return STREAM;
        }

        @Override
        public boolean isInOutbox()
        {
            return isInOutbox;
        }

        @Override
        public void isInOutbox(final boolean isIn)
        {
            isInOutbox = isIn;
        }
    }
}
