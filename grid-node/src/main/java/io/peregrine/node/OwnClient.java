package io.peregrine.node;

import io.peregrine.client.ClientSettings;
import io.peregrine.client.GridClientContext;
import io.peregrine.client.config.SettingInputs;
import io.peregrine.client.remote.Dialer;
import io.peregrine.client.remote.RemotePort;
import io.peregrine.client.remote.RemoteSettings;
import io.peregrine.transport.link.LinkSettings;
import io.peregrine.transport.process.StartupException;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.IdleStrategy;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * A client of the node in its own process, through the memory of its media driver. Made by the thread that launches.
 */
final class OwnClient
{
    private static final int TERM_LENGTH = 128 * 1024;
    private static final long ATTEMPT_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long CONNECT_NS = TimeUnit.SECONDS.toNanos(30);

    private OwnClient()
    {
    }

    /**
     * @param node         its settings.
     * @param errorHandler for what no caller is told of.
     * @param driver       drives the node where the calling thread has to, else answers less than 0.
     * @return connected.
     */
    static RemotePort connect(final NodeContext node, final ErrorHandler errorHandler, final IntSupplier driver)
    {
        if (driver.getAsInt() < 0)
        {
            return dial(node, errorHandler, driver);
        }

        // This thread is the one that answers.
        final CompletableFuture<RemotePort> connected = new CompletableFuture<>();
        node.threadFactory().newThread(() ->
        {
            try
            {
                connected.complete(dial(node, errorHandler, driver));
            }
            catch (final RuntimeException | Error ex)
            {
                connected.completeExceptionally(ex);
            }
        }).start();
        while (!connected.isDone())
        {
            driver.getAsInt();
        }
        try
        {
            return connected.join();
        }
        catch (final CompletionException ex)
        {
            throw ex.getCause() instanceof RuntimeException cause ? cause : ex;
        }
    }

    private static RemotePort dial(
        final NodeContext node, final ErrorHandler errorHandler, final IntSupplier driver)
    {
        final GridClientContext usual = new GridClientContext().inputs(SettingInputs.NONE).conclude();
        final LinkSettings link = new LinkSettings(
            ThreadLocalRandom.current().nextLong(),
            node.get(NodeSettings.NAME),
            node.get(NodeSettings.GRID),
            usual.get(ClientSettings.MTU),
            TERM_LENGTH,
            ATTEMPT_NS,
            usual.get(ClientSettings.RETRY_MIN),
            usual.get(ClientSettings.RETRY_MAX));
        final RemoteSettings settings = new RemoteSettings(
            node.get(NodeSettings.LANES),
            node.get(NodeSettings.LANE_REQUESTS),
            usual.get(ClientSettings.LANE_MEMORY).intValue(),
            usual.get(ClientSettings.REPLY_RING).intValue(),
            usual.get(ClientSettings.SESSION_TIMEOUT),
            usual.get(ClientSettings.CLOSE_TIMEOUT),
            false,
            () -> new DrivingIdle(node.idleStrategies().get(), driver),
            node.threadFactory(),
            errorHandler);
        try (Dialer dialer = new Dialer(Path.of(node.get(NodeSettings.LIVE_DIR)), link, errorHandler))
        {
            final RemotePort port = dialer.connect("ipc:" + node.get(NodeSettings.NAME), CONNECT_NS, settings);
            if (port == null)
            {
                throw new StartupException(
                    "the node does not answer its own process: " + dialer.problem() + "; start it anew.");
            }
            return port;
        }
    }

    /**
     * Who waits on the thread that drives the node drives it meanwhile.
     */
    private static final class DrivingIdle implements IdleStrategy
    {
        private final IdleStrategy idle;
        private final IntSupplier driver;

        private DrivingIdle(final IdleStrategy idle, final IntSupplier driver)
        {
            this.idle = idle;
            this.driver = driver;
        }

        @Override
        public void idle(final int workCount)
        {
            final int work = driver.getAsInt();
            if (work > 0)
            {
                idle.reset();
            }
            else
            {
                idle.idle(workCount);
            }
        }

        @Override
        public void idle()
        {
            idle(0);
        }

        @Override
        public void reset()
        {
            idle.reset();
        }
    }
}
