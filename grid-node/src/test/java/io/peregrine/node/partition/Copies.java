package io.peregrine.node.partition;

import io.peregrine.client.port.KeyHash;
import io.peregrine.storage.map.MapSpace;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.memory.MemoryBudget;
import io.peregrine.storage.memory.PagePool;
import io.peregrine.storage.partition.LoadResult;
import io.peregrine.storage.partition.PartitionStore;
import io.peregrine.storage.partition.SnapshotLoader;
import io.peregrine.storage.partition.SnapshotWriter;
import io.peregrine.storage.partition.Workspace;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/**
 * Copies of partitions, made of their snapshots. On the thread that drives the node.
 */
public final class Copies
{
    private static final long LIMIT = 512L << 20;

    private Copies()
    {
    }

    /**
     * Take a snapshot, load it elsewhere, and compare the two copies.
     *
     * @param partition  to copy.
     * @param chunkBytes of a chunk of the snapshot.
     * @return keys and values in all maps of the copy, as text.
     */
    public static Map<String, String> contentOfCopy(final Partition partition, final int chunkBytes)
    {
        final PagePool pool = new PagePool(new MemoryBudget(LIMIT));
        final Map<String, String> content = new TreeMap<>();
        try (PartitionStore copy = new PartitionStore(
            partition.id(), new MapSpace(pool, KeyHash::hash), new Workspace(pool, KeyHash::hash));
            SnapshotWriter writer = new SnapshotWriter(partition.store(), chunkBytes))
        {
            final SnapshotLoader loader = new SnapshotLoader(copy);
            LoadResult result = LoadResult.LOADED;
            while (writer.next())
            {
                assertEquals(LoadResult.LOADED, result);
                result = loader.load(writer.buffer(), 0, writer.length());
            }
            assertEquals(LoadResult.COMPLETE, result);
            assertEquals(partition.store().digest(), copy.digest());
            addContent(copy, content);
        }
        finally
        {
            pool.closeNow();
        }
        return content;
    }

    private static void addContent(final PartitionStore copy, final Map<String, String> content)
    {
        for (int id = 1; id < 10; id++)
        {
            final MapStore map = copy.maps().map(id);
            if (map != null)
            {
                map.scan(0, Integer.MAX_VALUE, (record) ->
                {
                    final UnsafeBuffer bytes = new UnsafeBuffer(new byte[record.keyLength() + record.valueLength()]);
                    record.copyKey(bytes, 0);
                    record.copyValue(bytes, record.keyLength());
                    assertNull(content.put(
                        text(bytes, 0, record.keyLength()),
                        text(bytes, record.keyLength(), record.valueLength())));
                    return true;
                });
            }
        }
    }

    private static String text(final UnsafeBuffer bytes, final int offset, final int length)
    {
        return new String(bytes.byteArray(), offset, length, StandardCharsets.UTF_8);
    }
}
