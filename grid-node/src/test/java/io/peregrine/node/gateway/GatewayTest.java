package io.peregrine.node.gateway;

import io.peregrine.node.Caller;
import io.peregrine.transport.link.ClientLink;
import io.peregrine.transport.monitor.CounterType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

@Timeout(120)
class GatewayTest
{
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldServeClientsOfOtherProcesses(final boolean isIpc)
    {
        try (RemoteNode remote = new RemoteNode(directory).start(); Caller caller = remote.newCaller(isIpc))
        {
            final int map = caller.open("map");
            for (int i = 0; i < 200; i++)
            {
                assertNull(caller.read(map, "key" + i));
                caller.put(map, "key" + i, new byte[]{1, (byte) i});
                assertArrayEquals(new byte[]{1, (byte) i}, caller.read(map, "key" + i));
            }
            assertEquals(0, remote.errors.size(), remote.errors::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCarryValuesOfAnyLength(final boolean isIpc)
    {
        final Random random = new Random(3);
        try (RemoteNode remote = new RemoteNode(directory).start(); Caller caller = remote.newCaller(isIpc))
        {
            final int map = caller.open("map");
            for (final int length : new int[]{0, 1, 1200, 1376, 1377, 5_000, 100_000, 1 << 20, 8 << 20})
            {
                final byte[] value = new byte[length];
                random.nextBytes(value);
                caller.put(map, "key", value);
                assertArrayEquals(value, caller.read(map, "key"));
            }
            remote.await("counters", () -> remote.counter(CounterType.ANSWERS_WAITING) == 0 &&
                remote.counter(CounterType.ANSWERS_DELAYED) > 0);
        }
    }

    @Test
    void shouldTellClientsWhenTheNodeCloses()
    {
        try (RemoteNode remote = new RemoteNode(directory).start())
        {
            final ClientLink link = remote.connect(remote.newClient(false, 1));
            remote.node.close();
            remote.node = null;
            remote.await("goodbye", () ->
            {
                link.poll((tag, buffer, offset, length) -> { }, 10);
                return link.connection() == null;
            });
            remote.start();
            remote.await("another connection", () -> link.connection() != null);
        }
    }
}
