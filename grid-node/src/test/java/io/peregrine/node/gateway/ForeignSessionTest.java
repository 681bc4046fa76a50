package io.peregrine.node.gateway;

import io.peregrine.client.codec.LockAction;
import io.peregrine.client.codec.LockReplyDecoder;
import io.peregrine.client.codec.MapReplyDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.OpenSessionReplyDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.RefusalDecoder;
import io.peregrine.node.Caller;
import io.peregrine.transport.link.ClientLink;
import io.peregrine.transport.monitor.CounterType;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

@Timeout(120)
class ForeignSessionTest
{
    private final Requests requests = new Requests(new Random(1));

    @TempDir
    private Path directory;

    @Test
    void shouldTakeRequestsOfASessionFromItsClientOnly()
    {
        try (RemoteNode remote = new RemoteNode(directory).start(); Caller caller = remote.newCaller(true))
        {
            final int map = caller.open("map");
            final RawCalls calls = new RawCalls(remote);
            final ClientLink owner = remote.connect(remote.newClient(true, 100));
            final ClientLink other = remote.connect(remote.newClient(true, 200));
            assertEquals(OpenSessionReplyDecoder.TEMPLATE_ID,
                calls.call(owner, requests.openSession(calls.message, 1, 0)));
            final long session = new OpenSessionReplyDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(calls.answer), 0, new MessageHeaderDecoder()).sessionId();
            assertEquals(RefusalDecoder.TEMPLATE_ID, calls.call(other, put(calls.message, map, session, 1)));
            assertEquals(MapReplyDecoder.TEMPLATE_ID, calls.call(owner, put(calls.message, map, session, 1)));
            final ClientLink again = remote.connect(remote.newClient(true, 100));
            assertEquals(MapReplyDecoder.TEMPLATE_ID, calls.call(again, put(calls.message, map, session, 2)));
            remote.await("count", () -> remote.counter(CounterType.SESSIONS_FOREIGN) == 1);
        }
    }

    @Test
    void shouldTakeCommandsOnLocksAndFencedWritesOfASessionFromItsClientOnly()
    {
        try (RemoteNode remote = new RemoteNode(directory).start(); Caller caller = remote.newCaller(true))
        {
            final int map = caller.open("map");
            final RawCalls calls = new RawCalls(remote);
            final ClientLink owner = remote.connect(remote.newClient(true, 100));
            final ClientLink other = remote.connect(remote.newClient(true, 200));
            calls.call(owner, requests.openSession(calls.message, 1, 0));
            final long session = new OpenSessionReplyDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(calls.answer), 0, new MessageHeaderDecoder()).sessionId();
            assertEquals(Reason.SESSION_EXPIRED,
                calls.refusal(other, requests.lock(calls.message, 1, LockAction.ACQUIRE, 0, session)));
            assertEquals(LockReplyDecoder.TEMPLATE_ID,
                calls.call(owner, requests.lock(calls.message, 1, LockAction.ACQUIRE, 0, session)));
            assertEquals(Reason.SESSION_EXPIRED, calls.refusal(other, fenced(calls.message, map, session, 2)));
            assertEquals(MapReplyDecoder.TEMPLATE_ID, calls.call(owner, fenced(calls.message, map, session, 2)));
            remote.await("count", () -> remote.counter(CounterType.SESSIONS_FOREIGN) == 2);
        }
    }

    @Test
    void shouldTakeCommandsOnLocksWithASessionOnlyUnlessTheyForce()
    {
        try (RemoteNode remote = new RemoteNode(directory).start())
        {
            final RawCalls calls = new RawCalls(remote);
            final ClientLink link = remote.connect(remote.newClient(true, 100));
            for (final LockAction action : LockAction.values())
            {
                if (action != LockAction.NULL_VAL)
                {
                    assertEquals(action == LockAction.FORCE ? null : Reason.SESSION_EXPIRED,
                        calls.refusal(link, requests.lock(calls.message, 1, action, 0, 0)), action::toString);
                }
            }
        }
    }

    private int fenced(final UnsafeBuffer message, final int map, final long session, final long number)
    {
        return requests.fenced(message, number, 0, session, put(message, map, session, number));
    }

    private int put(final UnsafeBuffer message, final int map, final long session, final long number)
    {
        return requests.put(message, number, map, 0, session, "key", new byte[3]);
    }
}
