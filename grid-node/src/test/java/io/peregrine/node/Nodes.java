package io.peregrine.node;

import io.peregrine.client.config.SettingInputs;
import io.peregrine.transport.monitor.CounterType;
import io.peregrine.transport.monitor.LiveDirectory;
import io.peregrine.transport.monitor.NodeFileView;
import org.agrona.concurrent.status.CountersReader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Contexts of nodes for tests: small, deaf to the environment, and with calls that wait for a busy machine.
 */
public final class Nodes
{
    private Nodes()
    {
    }

    /**
     * @param threading of the node.
     * @return a context with a live directory among temporary files.
     */
    public static NodeContext context(final Threading threading)
    {
        return new NodeContext()
            .inputs(SettingInputs.NONE)
            .threading(threading)
            .memoryLimit(64 << 20)
            .set(NodeSettings.CALL_TIMEOUT, TimeUnit.SECONDS.toNanos(60))
            .set(NodeSettings.LIVE_DIR, Path.of(System.getProperty("java.io.tmpdir"), "peregrine-test").toString());
    }

    /**
     * @param live directory of the node.
     * @param name of the node.
     * @param type of the counter.
     * @return what the node counts, in its first data agent; -1 where it does not.
     */
    public static long counter(final Path live, final String name, final CounterType type)
    {
        try (NodeFileView view = NodeFileView.open(LiveDirectory.fileOf(live, name)))
        {
            final CountersReader counters = view.counters();
            final long[] value = {-1};
            counters.forEach((count, id, label) ->
            {
                if (counters.getCounterTypeId(id) == type.id() && value[0] < 0)
                {
                    value[0] = count;
                }
            });
            return value[0];
        }
    }

    /**
     * @return files of drivers that this process has mapped.
     */
    public static long mappings()
    {
        try (Stream<String> all = Files.lines(Path.of("/proc/self/maps")))
        {
            return all.filter((line) -> line.contains(".logbuffer")).count();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
