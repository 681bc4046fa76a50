package io.peregrine.perf.map;

import io.peregrine.client.FlyweightMap;
import io.peregrine.node.GridNode;
import io.peregrine.node.NodeContext;
import io.peregrine.perf.load.Workload;
import io.peregrine.perf.rig.Progress;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

@Timeout(120)
class PipelinedGetsTest
{
    private static final int ENTRIES = 500;
    private static final int WINDOW = 32;

    private final Workload workload = Workload.uniform(ENTRIES, 24);
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[Workload.KEY_LENGTH]);
    private GridNode node;
    private FlyweightMap map;

    @BeforeEach
    void fill()
    {
        node = GridNode.launch(new NodeContext().partitions(8).memoryLimit(64 << 20));
        map = node.grid().flyweightMap(MapSide.MAP);
        new Fill(workload, map).run(Progress.NONE);
    }

    @AfterEach
    void close()
    {
        map.close();
        node.close();
    }

    @Test
    void shouldFindEveryEntryOnce()
    {
        final PipelinedGets gets = gets(PipelinedGets.EACH_ONCE);

        assertEquals(0, gets.run(0, ENTRIES) + gets.finish());
    }

    @Test
    void shouldCountEntriesThatAreWrongOrMissing()
    {
        final UnsafeBuffer other = new UnsafeBuffer(workload.valueOf(8));
        Workload.writeKey(7, key, 0);
        map.put(key, 0, Workload.KEY_LENGTH, other, 0, other.capacity());
        Workload.writeKey(9, key, 0);
        map.put(key, 0, Workload.KEY_LENGTH, other, 0, Long.BYTES);
        Workload.writeKey(450, key, 0);
        map.remove(key, 0, Workload.KEY_LENGTH);

        final PipelinedGets gets = gets(PipelinedGets.EACH_ONCE);

        assertEquals(3, gets.run(0, ENTRIES) + gets.finish());
    }

    @Test
    void shouldFailWhenTheLastAnswersAreWrong()
    {
        Workload.writeKey(workload.number(0), key, 0);
        map.remove(key, 0, Workload.KEY_LENGTH);

        final PipelinedGets gets = gets(0);
        final int early = gets.run(0, 1);

        assertEquals(0, early, "nothing is waited for while there is room in the window");
        assertThrows(IllegalStateException.class, gets::close);
    }

    private PipelinedGets gets(final int thread)
    {
        return new PipelinedGets(workload, node.grid().flyweightMap(MapSide.MAP), thread, WINDOW);
    }
}
