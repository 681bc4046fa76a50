package io.peregrine.node;

import io.peregrine.client.Codecs;
import io.peregrine.client.GridMap;
import io.peregrine.transport.process.StartupException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A node in a process of its own that writes until it is killed.
 */
public final class ChildNode
{
    static final String READY = "ready";

    private ChildNode()
    {
    }

    /**
     * @param args live directory, data directory, name, address.
     */
    public static void main(final String[] args)
    {
        endWithTheParent();
        try (GridNode node = GridNode.launch(Nodes.context(Threading.INLINE)
            .set(NodeSettings.LIVE_DIR, args[0])
            .dir(args[1])
            .name(args[2])
            .bind(args[3])))
        {
            final GridMap<String, String> map = node.grid().map("map", Codecs.STRING, Codecs.STRING);
            for (long i = 0; node.state() == NodeState.SERVING; i++)
            {
                map.put("key-" + i % 10_000, "value-" + i);
                if (i == 1_000)
                {
                    System.out.println(READY);
                }
            }
        }
        catch (final StartupException ex)
        {
            System.out.println(ex.getMessage());
            System.exit(1);
        }
    }

    private static void endWithTheParent()
    {
        final Thread thread = new Thread(() ->
        {
            try
            {
                System.in.readAllBytes();
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
            Runtime.getRuntime().halt(1);
        });
        thread.setDaemon(true);
        thread.start();
    }

    static Process start(final Class<?> main, final List<String> flags, final String... args) throws IOException
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("JDK_JAVA_OPTIONS");
        return ChildLimit.watched(builder.start());
    }

    static void awaitReady(final Process process) throws IOException
    {
        final BufferedReader output =
            new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        final StringBuilder seen = new StringBuilder();
        String line = output.readLine();
        while (line != null && !line.equals(READY))
        {
            seen.append(line).append('\n');
            line = output.readLine();
        }
        if (line == null)
        {
            throw new AssertionError("the child ended: " + seen);
        }
    }
}
