package io.peregrine.transport.link;

import io.peregrine.transport.codec.DenialReason;
import org.agrona.collections.MutableInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Links over real drivers, driven by one thread.
 */
@Tag("long")
class LinkTest
{
    private static final int FRAME = 64;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCarryMessagesBothWaysWhenConnected(final boolean isIpc)
    {
        try (LinkPair pair = new LinkPair(directory, isIpc))
        {
            pair.startServer(5);
            final ClientLink link = pair.connect("grid");
            pair.await("connection", () -> link.connection() != null);
            assertEquals(5, link.connection().incarnation());
            assertEquals(77, link.connection().gridId());
            assertEquals(3, link.connection().greeting().capacity());
            assertEchoes(pair, link, 100);
            assertTrue(pair.errors.isEmpty(), pair.errors::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTellTheServerWhenAClientCloses(final boolean isIpc)
    {
        try (LinkPair pair = new LinkPair(directory, isIpc))
        {
            final LinkPair.Echo echo = (LinkPair.Echo) pair.handler;
            pair.startServer(5);
            final ClientLink link = pair.connect("");
            pair.await("connection", () -> link.connection() != null);
            final LinkConnection connection = link.connection();
            link.close();
            assertFalse(connection.isOpen());
            pair.await("the end", () -> echo.closed == 1 && pair.server.size() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldConnectAnewWhenTheServerIsKilledAndStartedAgain(final boolean isIpc)
    {
        try (LinkPair pair = new LinkPair(directory, isIpc))
        {
            pair.startServer(1);
            final ClientLink link = pair.connect("grid");
            pair.await("connection", () -> link.connection() != null);
            for (int i = 2; i < 5; i++)
            {
                final long incarnation = i;
                final LinkConnection before = link.connection();
                pair.killServer();
                pair.startServer(incarnation);
                pair.await(
                    "another connection",
                    () -> link.connection() != null && link.connection().incarnation() == incarnation);
                assertFalse(before.isOpen());
                assertEchoes(pair, link, 10);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldConnectWhenTheServerStartsLater(final boolean isIpc)
    {
        try (LinkPair pair = new LinkPair(directory, isIpc))
        {
            final ClientLink link = pair.connect("grid");
            for (int i = 0; i < 1000; i++)
            {
                pair.work();
            }
            pair.startServer(1);
            pair.await("connection", () -> link.connection() != null);
        }
    }

    @Test
    void shouldDenyFinallyWhenAnotherGridIsMeant()
    {
        try (LinkPair pair = new LinkPair(directory, false))
        {
            pair.startServer(1);
            final ClientLink link = pair.connect("other");
            pair.await("denial", () -> link.fault() != null && link.fault().reason() != null);
            assertEquals(DenialReason.GRID_NAME, link.fault().reason());
            assertTrue(link.fault().isFinal());
            assertEquals(0, pair.server.tally().opened());
        }
    }

    /**
     * Its own buffer takes half a term beyond what the node's window lets out.
     */
    @Test
    void shouldHaveNoMoreOnItsWayThanTheWindow()
    {
        try (LinkPair pair = new LinkPair(directory, false))
        {
            pair.startServer(1);
            final ClientLink link = pair.connect("");
            pair.await("connection", () -> link.connection() != null);
            final LinkSender sender = link.connection().newSender();
            final int most = LinkPair.WINDOW + LinkPair.CLIENT_TERM / 2;
            int taken = 0;
            for (int idle = 0; idle < 20_000; idle++)
            {
                while (send(sender, 0))
                {
                    taken += FRAME;
                    idle = 0;
                }
                assertTrue(taken <= most + FRAME, () -> "more than " + most);
                pair.host.work();
                link.work(System.nanoTime());
                pair.clients.get(0).work(System.nanoTime());
            }
            assertTrue(taken > most - LinkPair.WINDOW / 2, "only " + taken);
        }
    }

    @Test
    void shouldGiveUpAClientThatFallsSilent()
    {
        try (LinkPair pair = new LinkPair(directory, false))
        {
            pair.startServer(1);
            final ClientLink link = pair.connect("");
            pair.await("connection", () -> link.connection() != null);
            pair.links.clear();
            pair.await("silence", () -> pair.server.tally().denied(DenialReason.SILENT) == 1);
            pair.links.add(link);
            pair.await("another connection", () -> pair.server.tally().opened() == 2);
        }
    }

    @Test
    void shouldKeepLinksThatOnlyBeat()
    {
        try (LinkPair pair = new LinkPair(directory, false))
        {
            pair.startServer(1);
            final ClientLink link = pair.connect("");
            pair.await("connection", () -> link.connection() != null);
            final LinkConnection connection = link.connection();
            final long startNs = System.nanoTime();
            pair.await("time", () -> poll(link) >= 0 &&
                System.nanoTime() - startNs > 2 * LinkPair.SETTINGS.silenceLimitNs());
            assertTrue(connection.isOpen());
            assertNotNull(link.connection());
        }
    }

    @Test
    void shouldRestUnlessItIsAskedForMoreThanSignsOfLife()
    {
        try (LinkPair pair = new LinkPair(directory, false))
        {
            final AtomicReference<ServerLink> there = new AtomicReference<>();
            pair.handler = new LinkPair.Echo()
            {
                @Override
                public void onOpen(final ServerLink link)
                {
                    there.set(link);
                }
            };
            pair.startServer(1);
            final ClientLink link = pair.connect("");
            pair.await("connection", () -> link.connection() != null);
            pair.await("rest", () -> there.get().hotIndex < 0);
            final long startNs = System.nanoTime();
            pair.await("time in which beats alone keep it alive", () ->
            {
                assertTrue(there.get().isOpen());
                assertTrue(there.get().hotIndex < 0);
                return poll(link) >= 0 && System.nanoTime() - startNs > 2 * LinkPair.SETTINGS.silenceLimitNs();
            });

            assertEchoes(pair, link, 1);
            assertTrue(there.get().hotIndex >= 0);
        }
    }

    static int poll(final ClientLink link)
    {
        return link.poll((tag, buffer, offset, length) -> { }, 10);
    }

    static void assertEchoes(final LinkPair pair, final ClientLink link, final int count)
    {
        final LinkSender sender = link.connection().newSender();
        final MutableInteger came = new MutableInteger();
        for (int i = 0; i < count; i++)
        {
            final long number = i;
            pair.await("room", () -> send(sender, number));
            pair.await("answer", () ->
            {
                link.poll((tag, buffer, offset, length) ->
                {
                    assertEquals(3, tag);
                    assertEquals(16, length);
                    assertEquals(number, buffer.getLong(offset + 8, ByteOrder.LITTLE_ENDIAN));
                    came.value++;
                }, 10);
                return came.value > number;
            });
        }
        assertEquals(count, came.value);
    }

    private static boolean send(final LinkSender sender, final long number)
    {
        final int at = sender.tryClaim(3, 16);
        if (at >= 0)
        {
            sender.buffer().putLong(at + 8, number, ByteOrder.LITTLE_ENDIAN);
            sender.commit();
        }
        return at >= 0;
    }
}
