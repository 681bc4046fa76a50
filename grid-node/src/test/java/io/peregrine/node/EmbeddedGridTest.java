package io.peregrine.node;

import io.peregrine.client.Codecs;
import io.peregrine.client.Grid;
import io.peregrine.client.GridException;
import io.peregrine.client.GridMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class EmbeddedGridTest
{
    private static final int MAPS = 10_000;

    @Test
    void shouldServeTypedMap()
    {
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INLINE)))
        {
            final GridMap<String, String> map = node.grid().map("map", Codecs.STRING, Codecs.STRING);
            assertNull(map.put("a", "1"));
            assertEquals("1", map.put("a", "2"));
            assertEquals("2", map.get("a"));
            assertEquals(1, map.size());
            map.clear();
            assertTrue(map.isEmpty());
        }
    }

    @Test
    void shouldServeTypedMapWhenCallingThreadDrivesNode()
    {
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INVOKER)))
        {
            final GridMap<String, String> map = node.grid().map("map", Codecs.STRING, Codecs.STRING);
            assertNull(map.put("a", "1"));
            assertEquals("1", map.get("a"));
        }
    }

    @Test
    void shouldFailTypedWhenNodeIsClosed()
    {
        final GridNode node = GridNode.launch(Nodes.context(Threading.INLINE));
        final Grid grid = node.grid();
        final GridMap<String, String> map = grid.map("map", Codecs.STRING, Codecs.STRING);
        map.put("a", "1");
        assertFalse(grid.isClosed());
        node.close();
        node.close();
        assertTrue(grid.isClosed());
        assertThrows(GridException.class, () -> map.get("a"));
        assertThrows(GridException.class, () -> map.put("a", "2"));
        assertThrows(GridException.class, () -> grid.map("other", Codecs.STRING, Codecs.STRING));
        assertEquals(NodeState.CLOSED, node.state());
    }

    @Test
    void shouldServeTenThousandMaps()
    {
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INLINE).memoryLimit(256 << 20).partitions(16)))
        {
            for (int i = 0; i < MAPS; i++)
            {
                node.grid().map("map-" + i, Codecs.STRING, Codecs.LONG).put("key", (long) i);
            }
            for (int i = 0; i < MAPS; i++)
            {
                assertEquals(i, node.grid().map("map-" + i, Codecs.STRING, Codecs.LONG).get("key"));
            }
            assertEquals(MAPS, node.grid().mapNames().size());
        }
    }
}
