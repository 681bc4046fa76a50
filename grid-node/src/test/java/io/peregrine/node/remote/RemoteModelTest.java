package io.peregrine.node.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.client.Grid;
import io.peregrine.client.GridClient;
import io.peregrine.node.NodeContext;
import io.peregrine.node.NodeSettings;
import io.peregrine.transport.monitor.CounterType;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random calls of several clients, each of which knows what its keys can hold: every answer is one that can be. A
 * failure says its seed; {@code peregrine.test.seed} and {@code peregrine.test.steps} set what is done.
 */
@Tag("long")
@Timeout(300)
class RemoteModelTest
{
    private static final int CLIENTS = 3;
    /**
     * Ends with empty maps, with new ones, and with empty ones again.
     */
    private static final int PHASES = 3;
    private static final String NO_DOUBT = " 0 refused, 0 unknown";

    private final long seed = ModelRun.newSeed();

    @Test
    void shouldAgreeWithPlainMapsWhenSeveralClientsCallAtRandom() throws Exception
    {
        try (Served served = new Served((context) -> context.partitions(16).agents(2)))
        {
            final List<GridClient> clients = new ArrayList<>();
            final List<Grid> grids = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++)
            {
                clients.add(served.connect(i % 2 == 1));
                grids.add(clients.get(i).grid());
            }
            final String done = new ModelRun(grids, seed, PHASES, steps(1_000), false, () -> { }).run();
            assertTrue(done.endsWith(NO_DOUBT), done);
            CloseHelper.closeAll(clients);
        }
    }

    @Test
    void shouldAgreeWithPlainMapsWhenDatagramsAreLostAndConnectionsToo() throws Exception
    {
        try (Served served = new Served(RemoteModelTest::impatient))
        {
            run(served, served.address(), Lossy.flags(0.02), steps(150));
            Lossy.assertLoss(served);
        }
    }

    @Test
    void shouldAgreeWithPlainMapsWhenConnectionsThroughMemoryAreLost() throws Exception
    {
        try (Served served = new Served(RemoteModelTest::impatient))
        {
            run(served, served.ipcAddress(), List.of(), steps(500));
        }
    }

    /**
     * In the middle of each phase the clients are stopped until the node has given them up.
     */
    private void run(final Served served, final String address, final List<String> flags, final int steps)
        throws Exception
    {
        final Process child = Children.start(
            ModelChild.class,
            flags,
            address,
            served.liveDirectory(),
            Integer.toString(CLIENTS),
            Long.toString(seed),
            Integer.toString(PHASES),
            Integer.toString(steps));
        try (BufferedReader output =
            new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8)))
        {
            final StringBuilder seen = new StringBuilder();
            int stops = 0;
            for (String line = output.readLine(); line != null; line = output.readLine())
            {
                seen.append(line).append('\n');
                if (line.equals(ModelChild.AMID))
                {
                    stops++;
                    Children.stop(child);
                    Served.await("end of silent clients", () -> served.counter(CounterType.CLIENTS) == 0);
                    Children.goOn(child);
                    if (stops == PHASES)
                    {
                        child.getOutputStream().close();
                    }
                }
            }
            assertEquals(0, child.waitFor(), seen::toString);
            assertEquals(PHASES, stops, seen::toString);
            assertTrue(seen.toString().trim().endsWith(NO_DOUBT), seen::toString);
        }
        finally
        {
            child.destroyForcibly();
        }
    }

    private static NodeContext impatient(final NodeContext context)
    {
        return context.partitions(16)
            .set(NodeSettings.CLIENTS_BEAT, TimeUnit.MILLISECONDS.toNanos(100))
            .set(NodeSettings.CLIENTS_SILENCE, TimeUnit.MILLISECONDS.toNanos(500));
    }

    private static int steps(final int usual)
    {
        return Integer.getInteger("peregrine.test.steps", usual);
    }
}
