package io.peregrine.transport;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class DriverFactoryTest
{
    private static final int SMALL_KIB = 1024;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final List<Throwable> errors = new CopyOnWriteArrayList<>();

    @TempDir
    Path dir;

    @Test
    void shouldCarryAMessageOnOneThreadWhenTheDriverIsInvoked() throws IOException
    {
        final Path driverDir = dir.resolve("driver");
        try (MediaDriver driver = DriverFactory.launchInvoked(driverDir, errors::add);
            Aeron aeron = DriverFactory.connect(driver, errors::add))
        {
            assertCarriesAMessage(driver, aeron, "aeron:ipc");
            assertCarriesAMessage(driver, aeron, "aeron:udp?endpoint=127.0.0.1:0");
            assertTrue(lengthOf(driverDir) < DriverFactory.ROOM, () -> "bytes used: " + lengthOf(driverDir));
        }
        assertFalse(Files.exists(driverDir));
        assertEquals(List.of(), errors);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldTakeMemoryForWhatIsUsedOnlyWhenTheDriverIsInvoked() throws IOException, InterruptedException
    {
        final Path driverDir = dir.resolve("driver");
        try (MediaDriver driver = DriverFactory.launchInvoked(driverDir, errors::add);
            Aeron aeron = DriverFactory.connect(driver, errors::add))
        {
            for (int i = 0; i < 20; i++)
            {
                assertCarriesAMessage(driver, aeron, "aeron:udp?endpoint=127.0.0.1:0");
            }
            assertTrue(kibOf(driverDir) < SMALL_KIB, "KiB used: " + kibOf(driverDir));
            assertTrue(lengthOf(driverDir) > 8 * 1024 * SMALL_KIB, () -> "bytes to use: " + lengthOf(driverDir));
        }
        assertEquals(List.of(), errors);
    }

    @Test
    void shouldCarryAMessageWhenTheDriverHasAThread()
    {
        try (MediaDriver driver =
            DriverFactory.launchShared(dir.resolve("driver"), errors::add, YieldingIdleStrategy.INSTANCE);
            Aeron aeron = DriverFactory.connect(driver, errors::add))
        {
            assertCarriesAMessage(driver, aeron, "aeron:ipc");
        }
        assertEquals(List.of(), errors);
    }

    private static long kibOf(final Path directory) throws IOException, InterruptedException
    {
        final Process process = new ProcessBuilder("du", "-sk", directory.toString()).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return Long.parseLong(said.split("\\s")[0]);
    }

    private static void assertCarriesAMessage(final MediaDriver driver, final Aeron aeron, final String channel)
    {
        final Subscription subscription = aeron.addSubscription(channel, 1);
        await(driver, aeron, () -> subscription.tryResolveChannelEndpointPort() != null);
        final String address = subscription.tryResolveChannelEndpointPort();
        final UnsafeBuffer message = new UnsafeBuffer(new byte[]{1, 2, 3, 4});
        final long[] received = new long[1];
        try (Publication publication = aeron.addPublication(address.isEmpty() ? channel : address, 1))
        {
            await(driver, aeron, () -> publication.offer(message) >= 0);
            await(driver, aeron, () ->
                subscription.poll((buffer, offset, length, header) -> received[0] += length, 10) != 0);
        }
        subscription.close();
        assertEquals(message.capacity(), received[0]);
    }

    private static void await(final MediaDriver driver, final Aeron aeron, final BooleanSupplier condition)
    {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - startNs < LIMIT_NS, "waited too long");
            turn(driver, aeron);
        }
    }

    private static void turn(final MediaDriver driver, final Aeron aeron)
    {
        if (driver.sharedAgentInvoker() != null)
        {
            driver.sharedAgentInvoker().invoke();
        }
        aeron.conductorAgentInvoker().invoke();
        Thread.yield();
    }

    private static long lengthOf(final Path directory)
    {
        try (Stream<Path> files = Files.walk(directory))
        {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
        catch (final IOException ex)
        {
            throw new AssertionError(ex);
        }
    }
}
