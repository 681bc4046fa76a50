package io.peregrine.perf.grid;

import io.peregrine.client.Codecs;
import io.peregrine.client.Grid;
import io.peregrine.client.GridMap;
import io.peregrine.client.config.SettingInputs;
import io.peregrine.node.GridNode;
import io.peregrine.node.NodeContext;
import io.peregrine.node.NodeSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class PartitionWritesTest
{
    private static final int PARTITIONS = 8;
    private static final List<String> KEYS = PartitionWrites.keys(PARTITIONS);
    private static final long PERIOD_NS = 1_000_000;

    private final GridNode node = GridNode.launch(new NodeContext()
        .inputs(SettingInputs.NONE).set(NodeSettings.PARTITIONS, PARTITIONS));

    @AfterEach
    void close()
    {
        node.close();
    }

    @Test
    void shouldTellWhenEveryPartitionAnsweredAndThatNothingIsLost()
    {
        try (PartitionWrites writes = new PartitionWrites(node.grid(), KEYS, PERIOD_NS))
        {
            awaitAnswers(writes);

            assertEquals(0, writes.lost());
            assertTrue(writes.acknowledged() >= PARTITIONS);
            assertEquals(0, writes.unacknowledged());
        }
    }

    @Test
    void shouldFindOutWhenAcknowledgedWritesAreLost()
    {
        final PartitionWrites writes = new PartitionWrites(node.grid(), KEYS, PERIOD_NS);
        awaitAnswers(writes);
        writes.close();
        final GridMap<String, Long> map = node.grid().map(PartitionWrites.MAP, Codecs.STRING, Codecs.LONG);
        map.clear();

        assertEquals(PARTITIONS, writes.lost());
    }

    @Test
    void shouldSayWhyNothingIsWrittenAnyMore()
    {
        try (PartitionWrites writes = new PartitionWrites((Grid) broken(Grid.class), KEYS, PERIOD_NS))
        {
            final IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> awaitAnswers(writes));
            assertTrue(failure.getMessage().contains("planted"), failure::getMessage);
        }
    }

    private static Object broken(final Class<?> type)
    {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (self, method, args) ->
        {
            if ("set".equals(method.getName()))
            {
                throw new IllegalStateException("planted");
            }
            return broken(method.getReturnType());
        });
    }

    private static void awaitAnswers(final PartitionWrites writes)
    {
        writes.mark();
        writes.awaitAnswers(IntStream.range(0, PARTITIONS).boxed().toList());
    }
}
