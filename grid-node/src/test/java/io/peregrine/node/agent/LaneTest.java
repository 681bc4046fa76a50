package io.peregrine.node.agent;

import io.peregrine.client.Codecs;
import io.peregrine.client.GridMap;
import io.peregrine.client.port.RequestLane;
import io.peregrine.node.Caller;
import io.peregrine.node.GridNode;
import io.peregrine.node.NodeSettings;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class LaneTest
{
    private static final int LANES = 8;

    private final AtomicLong nowNs = new AtomicLong(1_000);

    @Test
    void shouldGiveLanesAgainAfterTheyWereClosed()
    {
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INVOKER)
            .nanoClock(nowNs::get).set(NodeSettings.LANES, LANES)))
        {
            for (int round = 0; round < 5; round++)
            {
                final List<RequestLane> lanes = new ArrayList<>();
                for (int i = 0; i < LANES; i++)
                {
                    final RequestLane lane = node.port().openLane();
                    assertNotNull(lane);
                    lanes.add(lane);
                }
                assertNull(node.port().openLane());
                lanes.forEach(RequestLane::close);
                lanes.forEach(RequestLane::close);
                pass(node, 100);
            }
        }
    }

    @Test
    void shouldTakeBackLaneThatNobodyRefersTo()
    {
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INVOKER)
            .nanoClock(nowNs::get).set(NodeSettings.LANES, 1)))
        {
            assertNotNull(node.port().openLane());
            RequestLane lane = null;
            for (int i = 0; i < 500 && lane == null; i++)
            {
                System.gc();
                pass(node, 100);
                lane = node.port().openLane();
            }
            assertNotNull(lane);
        }
    }

    @Test
    void shouldSkipClaimOfThreadThatDied() throws InterruptedException
    {
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INVOKER).nanoClock(nowNs::get));
            Caller caller = new Caller(node.port()))
        {
            final int map = caller.open("map");
            final RequestLane doomed = node.port().openLane();
            final AtomicInteger claimed = new AtomicInteger(-1);
            final Thread thread = new Thread(() -> claimed.set(doomed.tryClaim(0, 200)));
            thread.start();
            thread.join();
            assertTrue(claimed.get() >= 0);
            final Thread other = new Thread(() -> caller.put(map, "after", new byte[]{1}));
            other.start();
            while (other.isAlive())
            {
                pass(node, 100);
            }
            assertArrayEquals(new byte[]{1}, caller.get(map, "after"));
        }
    }

    @Test
    void shouldHealClaimThatItsOwnThreadLeftOpen()
    {
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INVOKER)); Caller caller = new Caller(node.port()))
        {
            final int map = caller.open("map");
            assertTrue(caller.lane().tryClaim(0, 200) >= 0);
            caller.put(map, "k", new byte[]{1});
            assertArrayEquals(new byte[]{1}, caller.get(map, "k"));
        }
    }

    @Test
    void shouldKeepLongAnswersInOrderWhenRingIsSmall() throws InterruptedException
    {
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INLINE)
            .set(NodeSettings.REPLY_RING, 1L << 13).set(NodeSettings.REQUEST_RING, 1L << 16)))
        {
            final List<Thread> threads = new ArrayList<>();
            final AtomicLong wrong = new AtomicLong();
            for (int t = 0; t < 3; t++)
            {
                final int id = t;
                final Thread thread = new Thread(() -> longValues(node, id, wrong));
                threads.add(thread);
                thread.start();
            }
            for (final Thread thread : threads)
            {
                thread.join();
            }
            assertEquals(0, wrong.get());
        }
    }

    private static void longValues(final GridNode node, final int id, final AtomicLong wrong)
    {
        final GridMap<String, byte[]> map = node.grid().map("map", Codecs.STRING, Codecs.BYTES);
        final Random random = new Random(id);
        byte[] before = null;
        wrong.incrementAndGet();
        for (int i = 0; i < 300; i++)
        {
            final byte[] value = new byte[random.nextInt(100_000)];
            random.nextBytes(value);
            assertArrayEquals(before, map.put("key" + id, value));
            assertArrayEquals(value, map.get("key" + id));
            before = value;
        }
        wrong.decrementAndGet();
    }

    private void pass(final GridNode node, final long ms)
    {
        for (int i = 0; i < 20; i++)
        {
            nowNs.addAndGet(ms * 1_000_000 / 20);
            node.invoke();
        }
    }
}
