package io.peregrine.node.command.map;

import io.peregrine.client.Codecs;
import io.peregrine.client.Expiry;
import io.peregrine.client.Grid;
import io.peregrine.client.GridException;
import io.peregrine.client.GridMap;
import io.peregrine.client.NodeStatus;
import io.peregrine.client.ScanCursor;
import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import io.peregrine.node.command.CommandRun;
import io.peregrine.node.command.GridCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Tag("long")
@Timeout(120)
class TransferTest
{
    private static final int ENTRIES = 20_000;

    @TempDir
    Path dir;

    private GridNode node;
    private Grid grid;
    private GridMap<String, String> from;

    @BeforeEach
    void launch()
    {
        node = GridNode.launch(Nodes.context(Threading.INLINE));
        grid = node.grid();
        from = grid.map("from", Codecs.STRING, Codecs.STRING);
    }

    @AfterEach
    void close()
    {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "binary"})
    void shouldLoadWhatWasDumped(final String format)
    {
        fill();
        from.set("tab\tline\n{part}\\", "carriage\r", Expiry.after(Duration.ofHours(1)));
        final Path file = dir.resolve("dump");
        assertEquals("20,001 entries of 'from' are in " + file + "\n",
            done("from", "dump", file.toString(), "--format", format));
        assertEquals("20,001 entries of " + file + " are in 'to'\n",
            done("to", "load", file.toString()).replaceFirst("(?m)^these.*\n", ""));

        final GridMap<String, String> to = grid.map("to", Codecs.STRING, Codecs.STRING);
        assertEquals(new HashMap<>(from), new HashMap<>(to));
        assertEquals("carriage\r", to.get("tab\tline\n{part}\\"));
        final Duration left = to.getVersioned("tab\tline\n{part}\\").ttlLeft();
        assertTrue(left.compareTo(Duration.ofMinutes(50)) > 0 && left.compareTo(Duration.ofHours(1)) <= 0, "" + left);
        assertNull(to.getVersioned("key1").ttlLeft());
        assertFalse(Files.exists(dir.resolve("dump.cursor")) || Files.exists(dir.resolve("dump.loaded")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "binary"})
    void shouldGoOnWithADumpThatWasInterrupted(final String format) throws IOException
    {
        fill();
        final Path file = dir.resolve("dump");
        final String[] command = {"from", "dump", file.toString(), "--format", format};
        final GridException lost = closedNodesError();
        for (final int pages : new int[]{0, 3, 0, 9})
        {
            final CommandRun run = new MapRuns(failing(pages, lost)).run(command);
            assertEquals(GridCommand.FAILED, run.exitCode(), run.out());
            assertTrue(run.err().contains("The same command goes on from there."), run.err());
            // What a process writes behind its bookmark before it is killed.
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND))
            {
                channel.write(ByteBuffer.wrap("x\ty\n".repeat(ENTRIES * 20).getBytes(StandardCharsets.UTF_8)));
            }
        }
        grid.map("other", Codecs.STRING, Codecs.STRING);
        assertFailed("is an interrupted dump with map from, not other", "other", command);
        assertFailed("is an interrupted dump with keys STRING, not HEX", "from",
            "from", "dump", file.toString(), "--format", format, "--key-type", "bytes");

        final CommandRun last = run(command);
        assertEquals(GridCommand.DONE, last.exitCode(), last.err());
        assertTrue(last.err().startsWith("goes on where it was interrupted, after "), last.err());
        assertEquals("20,000 entries of 'from' are in " + file + "\n", last.out().replace("\r", ""));
        assertFailed("is there already, and is no dump that was interrupted", "from", command);
        done("to", "load", file.toString());
        assertEquals(new HashMap<>(from), new HashMap<>(grid.map("to", Codecs.STRING, Codecs.STRING)));

        final byte[] first = Files.readAllBytes(file);
        done("from", "dump", file.toString(), "--format", format, "--overwrite");
        assertArrayEquals(first, Files.readAllBytes(file));
    }

    @Test
    void shouldGoOnWithALoadThatWasInterrupted() throws IOException
    {
        node.close();
        node = GridNode.launch(Nodes.context(Threading.INLINE).memoryLimit(4 << 20).partitions(4));
        grid = node.grid();
        final StringBuilder lines = new StringBuilder();
        for (int i = 0; i < ENTRIES; i++)
        {
            lines.append("key").append(i).append('\t').append("v".repeat(300)).append('\n');
        }
        final Path file = Files.writeString(dir.resolve("big"), lines);
        final CommandRun stopped = run("m", "load", file.toString());
        assertEquals(GridCommand.FAILED, stopped.exitCode());
        assertTrue(stopped.err().contains("STORE_FULL") && stopped.err().contains("The same command goes on"),
            stopped.err());
        final int line = Integer.parseInt(stopped.err().replaceFirst("(?s).*big, line (\\d+):.*", "$1"));
        final GridMap<String, String> map = grid.map("m", Codecs.STRING, Codecs.STRING);
        assertNotNull(map.get("key" + (line - 2)));
        assertFailed("is of an interrupted load with map m, and now that is other", "other", "other", "load",
            file.toString());

        map.clear();
        final CommandRun goesOn = run("m", "load", file.toString(), "--if-absent");
        assertTrue(goesOn.err().startsWith("goes on behind line " + (line - 1)), goesOn.err());
        assertNotNull(map.get("key" + (line - 1)));
        assertNull(map.get("key" + (line - 2)), "what was loaded before is not loaded again");
    }

    @Test
    void shouldEndInOrderWhenAskedToAndRefuseToLoadTheHalf() throws IOException
    {
        fill();
        final String file = dir.resolve("dump").toString();
        final List<Consumer<String>> handlers = new ArrayList<>();
        final Grid asking = onPage(3, () -> handlers.get(0).accept("SIGINT"));
        final CommandRun dump = new MapRuns(asking, handlers::add).run("from", "dump", file);
        assertEquals(GridCommand.FAILED, dump.exitCode(), dump.out());
        assertTrue(dump.err().contains("interrupted by SIGINT") && dump.err().contains("The same command goes on"),
            dump.err());
        assertFailed("is a dump that was interrupted", "to", "to", "load", file);
        assertTrue(run("from", "dump", file).err().startsWith("goes on where it was interrupted, after "));

        final MapRuns asked = new MapRuns(grid, handler ->
        {
            handler.accept("SIGTERM");
            return true;
        });
        final CommandRun load = asked.run("to", "load", file);
        assertEquals(GridCommand.FAILED, load.exitCode(), load.out());
        assertTrue(load.err().contains("interrupted by SIGTERM") && load.err().contains("Loaded so far: 0 entries."),
            load.err());
        done("to", "load", file);
        assertEquals(new HashMap<>(from), new HashMap<>(grid.map("to", Codecs.STRING, Codecs.STRING)));
    }

    @Test
    void shouldNameWrongLinesAndEndWhenThereAreTooMany() throws IOException
    {
        final StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 1_000; i++)
        {
            final String line = i == 555 ? "k".repeat(5_000) + "\tv" : "k" + i + "\tv";
            lines.append(i % 100 == 0 ? "wrong" + i : line).append('\n');
        }
        final Path file = Files.writeString(dir.resolve("f"), lines.append("last\tcut o"));
        final CommandRun run = run("m", "load", file.toString());

        assertEquals(GridCommand.FAILED, run.exitCode());
        assertTrue(run.err().contains("f, line 1001: it has no line end"), run.err());
        assertEquals(12, run.err().lines().count(), run.err());
        assertTrue(run.err().contains("f, line 100: it has 1 field"), run.err());
        assertTrue(run.err().contains("f, line 555: the key is longer than the limit"), run.err());
        assertEquals("989 entries of " + file + " are in 'm', 12 were wrong and were left out",
            run.out().strip());
        assertEquals(989, grid.map("m", Codecs.STRING, Codecs.STRING).size());

        final CommandRun strict = run("strict", "load", file.toString(), "--max-errors", "2");
        assertEquals(GridCommand.FAILED, strict.exitCode());
        assertTrue(strict.err().contains("3 entries are wrong, and --max-errors allows 2"), strict.err());
        assertTrue(strict.err().contains("Loaded so far: 297 entries"), strict.err());
        final CommandRun on = run("strict", "load", file.toString(), "--max-errors", "20");
        assertTrue(on.err().startsWith("goes on behind line 300"), on.err());
        assertEquals(989, grid.map("strict", Codecs.STRING, Codecs.STRING).size());
    }

    @Test
    void shouldKeepTheLastLineOfAKeyOrWhatIsThere() throws IOException
    {
        final StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 10_000; i++)
        {
            lines.append("k").append(i % 7).append('\t').append(i).append('\n');
        }
        final Path file = Files.writeString(dir.resolve("f"), lines);
        done("m", "load", file.toString());
        final Map<String, String> map = new HashMap<>(grid.map("m", Codecs.STRING, Codecs.STRING));
        assertEquals(Map.of("k0", "9996", "k1", "9997", "k2", "9998", "k3", "9999", "k4", "9993", "k5", "9994", "k6",
            "9995"), map);

        from.set("k1", "mine");
        assertEquals("{\"map\":\"from\",\"file\":\"" + file + "\",\"written\":6,\"kept\":9994,\"errors\":0}\n",
            done("from", "load", file.toString(), "--if-absent", "--json", "--ttl", "1000s"));
        assertEquals("mine", from.get("k1"));
        assertEquals("0", from.get("k0"));
        assertNotNull(from.getVersioned("k0").ttlLeft());
    }

    @Test
    void shouldEndWhereABinaryFileIsDamaged() throws IOException
    {
        fill();
        final Path file = dir.resolve("dump");
        done("from", "dump", file.toString(), "--format", "binary");
        final byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        final CommandRun run = run("to", "load", file.toString());

        assertEquals(GridCommand.FAILED, run.exitCode());
        assertTrue(run.err().contains("what comes behind cannot be read"), run.err());
        final int loaded = grid.map("to", Codecs.STRING, Codecs.STRING).size();
        assertTrue(loaded > ENTRIES / 3 && loaded < ENTRIES * 2 / 3, "" + loaded);
        assertTrue(run.err().contains(String.format("Loaded so far: %,d entries.", loaded)), run.err());
    }

    @Test
    void shouldSayWhatIsWrongWithFiles() throws IOException
    {
        final String absent = dir.resolve("absent").toString();
        assertFailed("absent does not exist", "m", "m", "load", absent);
        final Path text = Files.writeString(dir.resolve("text"), "a\tb\n");
        Files.writeString(dir.resolve("text.loaded"), "nothing");
        assertFailed("it is damaged or something else", "m", "m", "load", text.toString());
        done("m", "load", text.toString(), "--restart");
        assertFailed("there is no map 'none'", "none", "none", "dump", absent);
        assertFalse(Files.exists(Path.of(absent)), "nothing is written where there is nothing to dump");
        grid.map("m", Codecs.STRING, Codecs.BYTES).set("k", new byte[]{(byte) 0xFF});
        assertFailed("is not text in UTF-8", "m", "m", "dump", absent);
        done("m", "dump", absent, "--overwrite", "--key-type", "string", "--base64");
        assertTrue(Files.readAllLines(Path.of(absent)).contains("k\t/w=="));
    }

    @Test
    void shouldNotPassOffAsWholeWhatAGridHoldsThatLostItsMemory() throws IOException
    {
        fill();
        final String file = dir.resolve("dump").toString();
        final CommandRun dump = new MapRuns(forgetful(grid)).run("from", "dump", file);
        assertEquals(GridCommand.FAILED, dump.exitCode());
        assertTrue(dump.err().contains("the grid lost its memory meanwhile"), dump.err());
        assertTrue(Files.readAllLines(Path.of(file)).size() < ENTRIES, "it went on to the end");
        final CommandRun on = new MapRuns(forgetful(grid)).run("from", "dump", file);
        assertTrue(on.err().contains("the grid lost its memory after the dump"), on.err());
        done("from", "dump", file, "--overwrite");

        final CommandRun load = new MapRuns(forgetful(grid)).run("to", "load", file);
        assertEquals(GridCommand.FAILED, load.exitCode());
        assertTrue(load.err().contains("the grid lost its memory meanwhile"), load.err());
        assertTrue(grid.map("to", Codecs.STRING, Codecs.STRING).size() < ENTRIES, "it went on to the end");
    }

    private void fill()
    {
        final Map<String, String> some = new HashMap<>();
        for (int i = 0; i < ENTRIES; i++)
        {
            some.put("key" + i, "value of " + i);
        }
        from.putAll(some);
    }

    private GridException closedNodesError()
    {
        final GridNode closed = GridNode.launch(Nodes.context(Threading.INLINE));
        final GridMap<String, String> map = closed.grid().map("m", Codecs.STRING, Codecs.STRING);
        closed.close();
        return assertThrows(GridException.class, () -> map.scan(ScanCursor.START, 1));
    }

    /**
     * A grid whose maps fail after so many pages of a scan.
     */
    private Grid failing(final int pages, final GridException failure)
    {
        return onPage(pages, () ->
        {
            throw failure;
        });
    }

    private Grid onPage(final int pages, final Runnable event)
    {
        final int[] left = {pages};
        return (Grid) proxy(Grid.class, grid, (method, result) -> method.equals("map") ?
            proxy(GridMap.class, result, (call, page) ->
            {
                if (call.equals("scan") && left[0]-- == 0)
                {
                    event.run();
                }
                return page;
            }) : result);
    }

    /**
     * A grid that says of itself each time that it has another memory.
     */
    private static Grid forgetful(final Grid whole)
    {
        return (Grid) proxy(Grid.class, whole, (method, result) ->
        {
            if (!method.equals("nodeStatus"))
            {
                return result;
            }
            final NodeStatus is = (NodeStatus) result;
            return new NodeStatus(is.name(), is.address(), is.grid(), System.nanoTime(), is.incarnation(), is.uptime(),
                is.partitions(), is.agents(), is.counters(), is.maps(), is.members());
        });
    }

    private static Object proxy(final Class<?> type, final Object target, final Interception interception)
    {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (self, method, args) ->
        {
            try
            {
                return interception.after(method.getName(), method.invoke(target, args));
            }
            catch (final InvocationTargetException ex)
            {
                throw ex.getCause();
            }
        });
    }

    private CommandRun run(final String... args)
    {
        return new MapRuns(grid).run(args);
    }

    private String done(final String... args)
    {
        final CommandRun run = run(args);
        assertEquals(GridCommand.DONE, run.exitCode(), run.err());
        return run.out().replace(System.lineSeparator(), "\n");
    }

    private void assertFailed(final String message, final String map, final String... args)
    {
        final String[] command = args.clone();
        command[0] = map;
        final CommandRun run = run(command);
        assertEquals(GridCommand.FAILED, run.exitCode(), run.out());
        assertTrue(run.err().contains(message), run.err());
    }

    /**
     * Comes between a call and its result.
     */
    private interface Interception
    {
        Object after(String method, Object result);
    }
}
