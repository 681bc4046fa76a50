package io.peregrine.node.command;

import io.peregrine.node.NodeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ConfigCommandTest
{
    @TempDir
    Path dir;

    @Test
    void shouldShowEverySettingItsValueAndItsSource() throws IOException
    {
        final Path file = Files.writeString(dir.resolve("node.properties"), "partitions = 7\n");
        final CommandRun run = CommandRun.of("config", "--file", file.toString());

        assertEquals(GridCommand.DONE, run.exitCode(), run.err());
        NodeSettings.ALL.all().forEach(setting ->
            assertTrue(run.out().lines().anyMatch(line -> line.startsWith(setting.name() + " ")), setting.name()));
        assertTrue(run.out().lines().anyMatch(line -> line.matches("partitions +7 +file")), run.out());
        assertTrue(run.out().lines().anyMatch(line -> line.matches("agents +1 +default")), run.out());
    }

    @Test
    void shouldPrintOneObjectASettingWhenAskedForJson()
    {
        final CommandRun run = CommandRun.of("config", "--json");

        assertEquals(NodeSettings.ALL.all().size(), run.out().lines().count());
        assertTrue(run.out().contains("{\"name\":\"partitions\",\"value\":\"256\",\"source\":\"default\""), run.out());
    }

    @Test
    void shouldExplainWhenAskedTo()
    {
        final CommandRun run = CommandRun.of("config", "--explain");

        assertTrue(run.out().contains(NodeSettings.PARTITIONS.description()), run.out());
        assertTrue(run.out().contains("PEREGRINE_PARTITIONS, -Dperegrine.partitions"), run.out());
    }

    @Test
    void shouldFailWithTheRemedyWhenASettingIsWrong() throws IOException
    {
        final Path file = Files.writeString(dir.resolve("node.properties"), "partition = 7\nagents = many\n");
        final CommandRun run = CommandRun.of("config", "--file", file.toString());

        assertEquals(GridCommand.FAILED, run.exitCode());
        assertTrue(run.err().contains("did you mean 'partitions'?"), run.err());
        assertTrue(run.err().contains("agents = 'many'"), run.err());
        assertEquals("", run.out());
    }

    @Test
    void shouldPrintTheReferencePage()
    {
        assertEquals(SettingsPage.markdown(), CommandRun.of("config", "--markdown").out());
    }
}
