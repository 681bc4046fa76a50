package io.peregrine.transport.guard;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.peregrine.transport.DriverFactory;
import io.peregrine.transport.process.UdpPort;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Tag("long")
@Timeout(600)
class CutTableTest
{
    private static final String HOST = "127.0.1.2";
    private static final int STREAM = 7;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOSS_NS = TimeUnit.MILLISECONDS.toNanos(300);

    private final CutTable table = new CutTable(new UnsafeBuffer(new byte[CutTable.LENGTH]));

    private static Inet4Address host(final String name)
    {
        try
        {
            return (Inet4Address) InetAddress.getByName(name);
        }
        catch (final UnknownHostException ex)
        {
            throw new AssertionError(ex);
        }
    }

    @Test
    void shouldKnowBothDirectionsOfEachHost()
    {
        final InetSocketAddress first = new InetSocketAddress(host("127.0.1.1"), 1);
        final InetSocketAddress second = new InetSocketAddress(host(HOST), 2);
        table.set(host("127.0.1.1"), true, false);
        table.set(host(HOST), false, true);

        assertTrue(table.losesTo(first) && !table.losesFrom(first));
        assertTrue(!table.losesTo(second) && table.losesFrom(second));
        table.set(host("127.0.1.1"), false, false);
        assertFalse(table.losesTo(first) || table.losesFrom(first));
        assertTrue(table.losesFrom(second));
        assertFalse(table.losesTo(new InetSocketAddress(host("127.0.1.3"), 3)));
    }

    @Test
    void shouldRefuseMoreHostsThanThereIsRoomFor()
    {
        for (int i = 0; i < CutTable.LENGTH / 8; i++)
        {
            table.set(host("127.0.2." + i), true, true);
        }

        assertThrows(IllegalStateException.class, () -> table.set(host(HOST), true, true));
    }

    @Test
    void shouldBeOffWhereTheProcessWasNotStartedWithIt()
    {
        assertEquals(null, CutLinks.ofProcess());
        assertEquals(null, new GuardedEndpoints().cuts());
    }

    @Test
    void shouldLoseWhatIsSentWhileTheLinkIsCutAndCarryItAfterwards(final @TempDir Path directory)
    {
        final int port = Integer.parseInt(UdpPort.free().split(":")[1]);
        final String one = "aeron:udp?endpoint=" + HOST + ":" + port;
        try (MediaDriver driver = DriverFactory.launchInvoked(
            directory.resolve("driver"), 1, new GuardedEndpoints(table), CutTableTest::fail);
            Aeron aeron = DriverFactory.connect(driver, CutTableTest::fail);
            Subscription toOne = aeron.addSubscription(one, STREAM);
            Subscription toSeveral = aeron.addSubscription(one, STREAM + 1);
            Publication byOne = aeron.addPublication(one, STREAM);
            Publication bySeveral = aeron.addPublication("aeron:udp?control-mode=manual", STREAM + 1))
        {
            bySeveral.addDestination(one);
            shouldBeCut(aeron, List.of(byOne, bySeveral), List.of(toOne, toSeveral));
        }
    }

    private void shouldBeCut(
        final Aeron aeron, final List<Publication> publications, final List<Subscription> subscriptions)
    {
        await(aeron, publications, true);
        publications.forEach((publication) -> send(aeron, publication));
        subscriptions.forEach((subscription) -> assertTrue(arrives(aeron, subscription, LIMIT_NS)));

        table.set(host(HOST), true, false);
        publications.forEach((publication) -> send(aeron, publication));
        subscriptions.forEach((subscription) -> assertFalse(arrives(aeron, subscription, LOSS_NS)));
        table.set(host(HOST), false, false);
        subscriptions.forEach((subscription) -> assertTrue(arrives(aeron, subscription, LIMIT_NS)));

        table.set(host(HOST), false, true);
        await(aeron, publications, false);
        table.set(host(HOST), false, false);
        await(aeron, publications, true);
    }

    private static void await(final Aeron aeron, final List<Publication> publications, final boolean areConnected)
    {
        await(aeron, () -> publications.stream().allMatch((each) -> each.isConnected() == areConnected));
    }

    private static void send(final Aeron aeron, final Publication publication)
    {
        final UnsafeBuffer message = new UnsafeBuffer(new byte[64]);
        await(aeron, () -> publication.offer(message) > 0);
    }

    private static boolean arrives(final Aeron aeron, final Subscription subscription, final long limitNs)
    {
        final long startNs = System.nanoTime();
        int came = 0;
        while (came == 0 && System.nanoTime() - startNs < limitNs)
        {
            drive(aeron);
            came = subscription.poll((buffer, offset, length, header) -> { }, 1);
        }

        return came > 0;
    }

    private static void await(final Aeron aeron, final BooleanSupplier condition)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - startNs < LIMIT_NS, "waited too long");
            drive(aeron);
        }
    }

    private static void drive(final Aeron aeron)
    {
        aeron.context().driverAgentInvoker().invoke();
        aeron.conductorAgentInvoker().invoke();
    }

    private static void fail(final Throwable fault)
    {
        throw new AssertionError(fault);
    }
}
