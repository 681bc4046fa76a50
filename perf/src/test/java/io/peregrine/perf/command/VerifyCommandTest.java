package io.peregrine.perf.command;

import io.peregrine.node.command.GridTool;
import io.peregrine.perf.verify.report.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Tag("long")
@Timeout(600)
class VerifyCommandTest
{
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    /**
     * The only node dies, so that what was written is lost: the grid says so, the judge explains all answers by it.
     */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldPassARunWhoseLossesTheGridReportsAndWriteWhatEverybodyDid() throws IOException
    {
        final Path file = directory.resolve("h.edn");
        final int code = GridTool.run(new PrintWriter(out), new PrintWriter(err),
            "verify", "--nodes", "1", "--clients", "2", "--seconds", "3", "--faults", "kill", "--beyond",
            "--seed", "7", "--json", "--history", file.toString());

        final String text = out + "" + err;
        assertEquals(0, code, text);
        assertTrue(out.toString().matches("\\{\"verdict\":\"linearizable\",\"workloads\":\\[\"spread\"," +
            "\"contended\",\"locks\",\"permits\"],\"faults\":[1-9],\"acknowledged\":[0-9]+," +
            "\"refused\":[0-9]+,\"unknown\":[0-9]+," +
            "\"lost\":[1-9][0-9]*,\"outages\":[0-9]+,\"outage_p50_ms\":[0-9.]+,\"outage_max_ms\":[0-9.]+," +
            "\"waited_ms\":[0-9.]+,\"seed\":7}\\R"), text);
        assertAllIsTold(Files.readAllLines(file));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldTellTheVerdictThoughTheHistoryFindsNoRoom()
    {
        final int code = GridTool.run(new PrintWriter(out), new PrintWriter(err),
            "verify", "--nodes", "1", "--clients", "1", "--seconds", "1", "--faults", "pause", "--beyond", "--json",
            "--history", "/dev/full");

        assertEquals(1, code, () -> out + "" + err);
        assertTrue(out.toString().startsWith("{\"verdict\":\"linearizable\","), () -> out + "" + err);
        assertTrue(err.toString().contains("--history: /dev/full is not whole: "), err::toString);
    }

    private static void assertAllIsTold(final List<String> lines)
    {
        assertTrue(lines.size() > 100, () -> "only " + lines.size() + " lines");
        final Set<String> asking = new HashSet<>();
        final Set<String> over = new HashSet<>();
        for (final String line : lines)
        {
            assertTrue(line.matches("\\{:process [0-9]+, :type :(invoke|ok|fail|info), " +
                ":f :(read|write|cas|acquire|fenced|release|acquire-permits|release-permits), " +
                ":key \"[a-z0-9-]+\", :value (nil|[0-9]+|\\[(nil|[0-9]+) (nil|[0-9]+)])}"), line);
            final String process = line.substring(0, line.indexOf(','));
            assertFalse(over.contains(process), () -> "after an unknown outcome: " + line);
            if (line.contains(":type :invoke"))
            {
                assertTrue(asking.add(process), () -> "asks twice at a time: " + line);
            }
            else
            {
                assertTrue(asking.remove(process), () -> "was not asked: " + line);
                if (line.contains(":type :info"))
                {
                    over.add(process);
                }
            }
        }
        assertEquals(Set.of(), asking, "nobody was told");
    }

    @Test
    void shouldEndWithOneUnlessEverythingIsExplained()
    {
        for (final Verdict verdict : Verdict.values())
        {
            assertEquals(verdict == Verdict.LINEARIZABLE ? 0 : 1, VerifyCommand.codeOf(verdict), verdict::word);
        }
    }
}
