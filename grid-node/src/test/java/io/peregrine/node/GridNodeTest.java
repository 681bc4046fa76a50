package io.peregrine.node;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Arrays;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class GridNodeTest
{
    @Test
    void shouldPutAndGetWhenInvoked()
    {
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INVOKER)))
        {
            putAndGet(node);
        }
    }

    @Test
    void shouldPutAndGetWhenInline()
    {
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INLINE)))
        {
            putAndGet(node);
        }
    }

    @Test
    void shouldPutAndGetWithSeveralAgents()
    {
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INLINE).agents(3)))
        {
            putAndGet(node);
        }
    }

    @Test
    void shouldCarryValuesOfEveryLength()
    {
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INLINE)); Caller caller = new Caller(node.port()))
        {
            final int map = caller.open("map");
            for (int length = 0; length <= 8 << 20; length = length * 3 + 1)
            {
                final byte[] value = new byte[length];
                Arrays.fill(value, (byte) length);
                caller.put(map, "key", value);
                assertArrayEquals(value, caller.get(map, "key"));
                assertArrayEquals(value, caller.read(map, "key"));
                caller.put(map, "key", value);
            }
        }
    }

    private static void putAndGet(final GridNode node)
    {
        assertEquals(NodeState.SERVING, node.state());
        try (Caller caller = new Caller(node.port()))
        {
            final int map = caller.open("map");
            assertEquals(map, caller.open("map"));
            for (int i = 0; i < 1000; i++)
            {
                assertNull(caller.get(map, "key" + i));
                final long first = caller.put(map, "key" + i, new byte[]{(byte) i}).version();
                assertArrayEquals(new byte[]{(byte) i}, caller.get(map, "key" + i));
                final long second = caller.put(map, "key" + i, new byte[]{1, 2}).version();
                assertTrue(second > first);
                assertArrayEquals(new byte[]{1, 2}, caller.read(map, "key" + i));
            }
        }
    }
}
