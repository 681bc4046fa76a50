package io.peregrine.node.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.client.Codecs;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What clients see while datagrams are lost, clients are killed and nodes are started anew: no call is carried out
 * twice, and none of a client that lives on is lost.
 */
@Tag("long")
@Timeout(300)
class TroubleTest
{
    private static final int THREADS = 3;

    @Test
    void shouldCountRightWhenDatagramsAreLost() throws Exception
    {
        try (Served served = new Served())
        {
            final int times = 300;
            final Process child = start(served, Lossy.flags(0.03), "lossy-", times);
            final String output = Children.await(child);
            assertTrue(output.trim().endsWith(ChildClient.result(THREADS * times, 0)), output);
            Lossy.assertLoss(served);
            final GridMap<String, Long> map = served.node().grid().map("counting", Codecs.STRING, Codecs.LONG);
            for (int i = 0; i < THREADS; i++)
            {
                assertEquals(times, map.get("lossy-" + i));
            }
        }
    }

    @Test
    void shouldNotDisturbOthersWhenClientsAreKilled() throws Exception
    {
        try (Served served = new Served(); GridClient client = served.connect())
        {
            final List<Counting> counting = count(client, "steady-", false);
            for (int round = 0; round < 2; round++)
            {
                final Process child = start(served, List.of(), "killed-" + round + "-", Integer.MAX_VALUE);
                Children.awaitLine(child, ChildClient.READY);
                final GridMap<String, Long> map = client.grid().map("counting", Codecs.STRING, Codecs.LONG);
                final String key = "killed-" + round + "-0";
                Served.await("work of the child", () -> map.get(key) != null);
                child.destroyForcibly().waitFor();
                final long before = counting.get(0).done();
                Served.await("work of the others", () -> counting.get(0).done() > before + 50);
            }
            stop(counting);
            assertEquals(0, counting.stream().mapToLong(each -> each.unknown() + each.refused()).sum());
        }
    }

    @Test
    void shouldGoOnCountingWhenTheNodeIsStartedAnew() throws Exception
    {
        try (Served served = new Served(); GridClient one = served.connect(); GridClient two = served.connect(true))
        {
            final List<Counting> counting = count(one, "udp-", true);
            counting.addAll(count(two, "ipc-", true));
            for (int round = 0; round < 5; round++)
            {
                served.stop();
                served.start();
                for (final Counting each : counting)
                {
                    final long before = each.done();
                    Served.await("work of " + each, () -> each.done() > before + 20 || each.failure() != null);
                }
            }
            stop(counting);
        }
    }

    private static List<Counting> count(final GridClient client, final String prefix, final boolean mayStartAnew)
    {
        final List<Counting> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++)
        {
            final Counting counting = new Counting(client.grid(), prefix + i, mayStartAnew);
            counting.start();
            all.add(counting);
        }
        return all;
    }

    private static void stop(final List<Counting> counting)
    {
        counting.forEach(Counting::stop);
        for (final Counting each : counting)
        {
            assertNull(each.failure(), () -> each.failure().toString());
        }
    }

    private static Process start(
        final Served served, final List<String> flags, final String prefix, final int times) throws IOException
    {
        return Children.start(
            ChildClient.class,
            flags,
            served.address(),
            served.liveDirectory(),
            prefix,
            Integer.toString(THREADS),
            Integer.toString(times));
    }
}
