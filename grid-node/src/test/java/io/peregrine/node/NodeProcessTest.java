package io.peregrine.node;

import io.peregrine.client.Codecs;
import io.peregrine.client.GridMap;
import io.peregrine.node.command.GridProcess;
import io.peregrine.node.command.GridTool;
import io.peregrine.transport.monitor.LiveDirectory;
import io.peregrine.transport.process.JvmFlags;
import io.peregrine.transport.process.StartupException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What a node needs of its process and its machine, and what it leaves there when it is killed.
 */
@Timeout(120)
class NodeProcessTest
{
    private static final List<String> FLAGS = List.of(
        "--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    @TempDir
    private Path temp;

    @Test
    void shouldSayWhichFlagsAreMissingAndEndWithFailure() throws Exception
    {
        final Process embedded = ChildNode.start(
            ChildNode.class, List.of(), temp.resolve("live").toString(), "", "flagless", "");
        final Process tool = ChildNode.start(GridTool.class, List.of(), "config");
        for (final Process process : List.of(embedded, tool))
        {
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(output.contains(JvmFlags.REQUIRED), output);
            assertFalse(output.contains("\tat "), output);
            assertEquals(1, process.waitFor());
        }
        assertFalse(Files.exists(temp.resolve("live")));
    }

    @Test
    void shouldRefuseToStartWhenSharedMemoryIsTooSmall() throws Exception
    {
        assertRefusedFor("256k", "");
        assertRefusedFor("4m", GridProcess.freeAddress());
    }

    @Test
    void shouldStartAtOnceAfterBeingKilledInTheMiddleOfWrites() throws Exception
    {
        final Path live = temp.resolve("live");
        final String data = temp.resolve("data").toString();
        final String address = GridProcess.freeAddress();
        for (int round = 0; round < 2; round++)
        {
            final Process child = ChildNode.start(ChildNode.class, FLAGS, live.toString(), data, "killed", address);
            ChildNode.awaitReady(child);
            assertThrows(StartupException.class, () -> GridNode.launch(context(live, "other").dir(data)));
            child.destroyForcibly();
            child.waitFor();
            assertTrue(Files.isDirectory(LiveDirectory.driverOf(live, "killed")));
        }
        try (GridNode again = GridNode.launch(context(live, "killed").dir(data).bind(address)))
        {
            assertEquals(NodeState.SERVING, again.state());
            final GridMap<String, String> map = again.grid().map("map", Codecs.STRING, Codecs.STRING);
            map.put("a", "b");
            assertEquals("b", map.get("a"));
        }
        assertFalse(Files.exists(LiveDirectory.driverOf(live, "killed")));
    }

    @Test
    void shouldRemoveWhatTheDriverOfAKilledNodeLeftWhenAnyOtherStarts() throws Exception
    {
        final Path live = temp.resolve("live");
        final String address = GridProcess.freeAddress();
        final Process child = ChildNode.start(ChildNode.class, FLAGS, live.toString(), "", "killed", address);
        ChildNode.awaitReady(child);
        try (GridNode other = GridNode.launch(context(live, "first")))
        {
            assertEquals(NodeState.SERVING, other.state());
            assertTrue(Files.isDirectory(LiveDirectory.driverOf(live, "killed")), "the driver of a live node");
        }
        child.destroyForcibly();
        child.waitFor();
        try (GridNode other = GridNode.launch(context(live, "second")))
        {
            assertEquals(NodeState.SERVING, other.state());
            assertFalse(Files.exists(LiveDirectory.driverOf(live, "killed")));
            assertTrue(Files.exists(LiveDirectory.fileOf(live, "killed")), "kept for its post-mortem");
        }
    }

    private void assertRefusedFor(final String size, final String address) throws Exception
    {
        final Path mount = Files.createDirectories(temp.resolve("small-" + size));
        Assumptions.assumeTrue(
            run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", mount.toString()) == 0, "cannot mount");
        try
        {
            final StartupException refused = assertThrows(
                StartupException.class, () -> GridNode.launch(context(mount, "small").bind(address)));
            assertTrue(refused.getMessage().contains("KiB"), refused.getMessage());
            assertTrue(refused.getMessage().contains("live.dir"), refused.getMessage());
            try (Stream<Path> left = Files.list(mount))
            {
                assertEquals(
                    List.of(), left.filter((path) -> !path.getFileName().toString().equals(".lock")).toList());
            }
        }
        finally
        {
            assertEquals(0, run("umount", "-l", mount.toString()));
        }
    }

    private static int run(final String... command) throws InterruptedException
    {
        try
        {
            final Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
        }
        catch (final IOException ex)
        {
            return -1;
        }
    }

    private static NodeContext context(final Path live, final String name)
    {
        return Nodes.context(Threading.INLINE).set(NodeSettings.LIVE_DIR, live.toString()).name(name);
    }
}
