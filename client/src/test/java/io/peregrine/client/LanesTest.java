package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LanesTest
{
    private final FakePort port = new FakePort(4);
    private final Grid grid = port.grid();
    private final GridMap<String, String> map = grid.map("m", Codecs.STRING, Codecs.STRING);

    @Test
    void shouldGiveLanesOfDeadThreadsBack() throws InterruptedException
    {
        port.maxLanes = 3;
        for (int i = 0; i < 50; i++)
        {
            final Thread thread = new Thread(() -> map.put("k", "v"));
            thread.start();
            thread.join();
        }
        assertTrue(port.openLanes <= 3);
        assertEquals("v", map.get("k"));
    }

    @Test
    void shouldRefuseWhenEveryLaneIsInUse()
    {
        port.maxLanes = 2;
        final FlyweightMap first = map.flyweight();
        final RefusedException ex = assertThrows(RefusedException.class, map::flyweight);
        assertEquals(ErrorCode.TOO_MANY_LANES, ex.code());
        first.close();
        map.flyweight().close();
        assertEquals(1, port.openLanes);
    }

    @Test
    void shouldWaitForLanesThatWereJustGivenBackAndForNoOthers()
    {
        port.lateLanes = 1;
        assertThrows(RefusedException.class, map::flyweight);
        map.flyweight().close();
        port.lateLanes = 3;
        Thread.currentThread().interrupt();
        final FlyweightMap first = map.flyweight();
        assertTrue(Thread.interrupted());
        port.lateLanes = 1;
        assertThrows(RefusedException.class, map::flyweight);
        first.close();
        assertEquals(1, port.openLanes);
    }

    @Test
    void shouldTakeNoLaneForReadsFromMemory() throws InterruptedException
    {
        map.put("k", "v");
        final AtomicInteger lanes = new AtomicInteger();
        final Thread thread = new Thread(() ->
        {
            map.get("k");
            map.containsKey("k");
            lanes.set(port.openLanes);
        });
        thread.start();
        thread.join();
        assertEquals(1, lanes.get());
    }

    @Test
    void shouldGiveTheLaneOfTheClosingThreadBack()
    {
        assertEquals(1, port.openLanes);
        grid.close();
        assertEquals(0, port.openLanes);
    }
}
