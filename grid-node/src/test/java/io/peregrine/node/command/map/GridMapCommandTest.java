package io.peregrine.node.command.map;

import io.peregrine.client.Codecs;
import io.peregrine.client.Grid;
import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import io.peregrine.node.command.CommandRun;
import io.peregrine.node.command.GridCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class GridMapCommandTest
{
    private GridNode node;
    private Grid grid;

    @BeforeEach
    void launch()
    {
        node = GridNode.launch(Nodes.context(Threading.INLINE));
        grid = node.grid();
    }

    @AfterEach
    void close()
    {
        node.close();
    }

    @Test
    void shouldPutGetAndRemoveText()
    {
        assertTrue(done("m", "put", "k", "a\tvalue").matches("version \\d+\n"));
        assertEquals("a\tvalue\n", done("m", "get", "k"));
        assertEquals("a\tvalue", grid.map("m", Codecs.STRING, Codecs.STRING).get("k"));
        assertEquals("1\n", done("m", "size"));
        assertEquals("", done("m", "remove", "k"));
        assertFailed("there is no entry 'k'", "m", "get", "k");
        assertFailed("there is no entry 'k'", "m", "remove", "k");
        assertEquals("0\n", done("m", "size"));
    }

    @Test
    void shouldFindKeysWithARoutingPartWhereProgramsPutThem()
    {
        grid.map("m", Codecs.STRING, Codecs.LONG).set("{alice}:giro", 7L);

        assertEquals("7\n", done("m", "get", "{alice}:giro", "--value-type", "long"));
        done("m", "put", "{alice}:savings", "8", "--value-type", "LONG");
        assertEquals(8L, grid.map("m", Codecs.STRING, Codecs.LONG).get("{alice}:savings"));
    }

    @Test
    void shouldTakeBytesAndNumbers()
    {
        done("m", "put", "00ff", "C0FFEE", "--hex");
        assertEquals("c0ffee\n", done("m", "get", "00FF", "--hex"));
        assertEquals("wP/u\n", done("m", "get", "AP8=", "--base64"));
        done("m", "put", "-1", "text", "--key-type", "long");
        assertEquals("text", grid.map("m", Codecs.LONG, Codecs.STRING).get(-1L));
        done("m", "put", "k", "00", "--key-type", "string", "--hex");
        assertEquals("00\n", done("m", "get", "k", "--value-type", "bytes"));
        assertFailed("is not text in UTF-8: say what it is", "m", "get", "AP8=", "--key-type", "bytes",
            "--base64", "--value-type", "string");
        assertFailed("is not a whole number of 64 bits", "m", "get", "k", "--value-type", "long");
    }

    @Test
    void shouldObeyConditions()
    {
        done("m", "put", "k", "1", "--if-absent");
        assertFailed("there is an entry 'k' already", "m", "put", "k", "2", "--if-absent");
        assertFailed("it stays as it is", "m", "put", "k", "2", "--if-version", "1");
        assertFailed("there is no entry 'other'", "m", "put", "other", "2", "--if-version", "1");
        assertFailed("it stays as it is", "m", "remove", "k", "--if-version", "1");
        assertEquals("1\n", done("m", "get", "k"));

        final String version = Long.toString(grid.map("m", Codecs.STRING, Codecs.STRING).getVersioned("k").version());
        done("m", "put", "k", "2", "--if-version", version);
        assertEquals("2\n", done("m", "get", "k"));
    }

    @Test
    void shouldPrintJsonWithVersionAndTimeLeft()
    {
        assertTrue(done("m", "put", "k", "\"v\"", "--ttl", "100s", "--json").matches(
            "\\{\"key\":\"k\",\"version\":\\d+}\n"));
        assertTrue(done("m", "get", "k", "--json").matches(
            "\\{\"key\":\"k\",\"value\":\"\\\\\"v\\\\\"\",\"version\":\\d+,\"ttl_ms\":\\d{5}}\n"));
        assertTrue(done("m", "scan", "--json").matches(
            "\\{\"key\":\"k\",\"value\":.*,\"version\":\\d+,\"ttl_ms\":\\d{5}}\n"));
        assertEquals("{\"map\":\"m\",\"size\":1}\n", done("m", "size", "--json"));
    }

    @Test
    void shouldScanEachEntryOnceAlsoInParts()
    {
        final Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 3_000; i++)
        {
            grid.map("m", Codecs.STRING, Codecs.STRING).set("key\t" + i, "v\n" + i);
            expected.add("key\\t" + i + "\tv\\n" + i);
        }
        final String[] whole = done("m", "scan").split("\n");
        assertEquals(expected, new TreeSet<>(Arrays.asList(whole)));
        assertEquals(expected.size(), whole.length);

        final Set<String> parts = new TreeSet<>();
        int lines = 0;
        String cursor = "0:0";
        while (cursor != null)
        {
            final CommandRun run = run("m", "scan", "--keys", "--limit", "700", "--cursor", cursor);
            final String[] part = run.out().split("\n");
            lines += part.length;
            parts.addAll(Arrays.asList(part));
            cursor = run.err().isEmpty() ? null : run.err().substring(run.err().indexOf("--cursor") + 9).trim();
        }
        assertEquals(expected.size(), lines);
        assertEquals(expected.size(), parts.size());
        assertTrue(parts.stream().allMatch(line -> line.matches("key\\\\t\\d+")));
    }

    @Test
    void shouldDestroyAndMakeNoMapByReading()
    {
        done("m", "put", "k", "v");
        done("m", "destroy");
        for (final String operation : new String[]{"size", "scan", "destroy"})
        {
            assertFailed("there is no map 'm'", "m", operation);
        }
        assertFailed("there is no map 'm'", "m", "get", "k");
        assertTrue(grid.mapNames().isEmpty());
        assertNull(grid.map("m", Codecs.STRING, Codecs.STRING).get("k"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "map get                                   | NAME",
        "map m                                     | what is to be done with the map 'm'?",
        "map m got k                               | 'got'",
        "map m get                                 | KEY",
        "map m put k                               | VALUE",
        "map m put k v --ttl soon                  | 'soon' is not a duration",
        "map m put k v --ttl 0s                    | '0s' is not a duration",
        "map m put k v --if-absent --if-version 7  | exclude each other",
        "map m put k v --if-version new            | --if-version",
        "map m put 00 0x --hex                     | '0x' is not hexadecimal digits",
        "map m get k --key-type text               | --key-type",
        "map m get 00 --hex --base64               | exclude each other",
        "map m scan --limit -1                     | --limit",
        "map m scan --cursor here                  | --cursor",
        "map m load f --max-errors -1              | --max-errors",
        "map m dump f --format xml                 | --format"
    })
    void shouldSayWhatIsWrongWithTheUsage(final String line, final String message)
    {
        final CommandRun run = new MapRuns(grid).run(line.substring(3).trim().split(" +"));

        assertEquals(GridCommand.USAGE, run.exitCode(), run.err());
        assertTrue(run.err().contains(message), run.err());
        assertEquals("", run.out());
        assertFalse(grid.mapNames().contains("m"));
    }

    private CommandRun run(final String... args)
    {
        return new MapRuns(grid).run(args);
    }

    private String done(final String... args)
    {
        final CommandRun run = run(args);
        assertEquals(GridCommand.DONE, run.exitCode(), run.err());
        assertEquals("", run.err());
        return run.out().replace(System.lineSeparator(), "\n");
    }

    private void assertFailed(final String message, final String... args)
    {
        final CommandRun run = run(args);
        assertEquals(GridCommand.FAILED, run.exitCode(), run.out());
        assertTrue(run.err().contains(message), run.err());
        assertEquals("", run.out());
    }
}
