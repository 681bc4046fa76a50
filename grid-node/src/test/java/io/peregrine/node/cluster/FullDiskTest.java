package io.peregrine.node.cluster;

import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlResult;
import io.peregrine.node.control.StructureKind;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Seeds on disks of their own, where that is permitted.
 */
@Tag("long")
@EnabledOnOs(OS.LINUX)
@Timeout(900)
class FullDiskTest
{
    private static final int SEEDS = 3;
    private static final int DISK_MB = 48;
    private static final int LONG_COMMANDS = 10;
    private static final int BLOCK = 64 * 1024;
    private static final long ANSWER_S = 100;

    /**
     * Less than a seed goes on with.
     */
    private static final long LEFT_BYTES = 3L << 20;
    private static final ClusterTimes TIMES = SeedGrid.times(1 << 20, TimeUnit.MINUTES.toNanos(10), 16L << 20);

    @TempDir
    private Path directory;
    private final List<Path> disks = new ArrayList<>();

    @Test
    void shouldEndThePartOfASeedWhileItsDiskIsFullAndGoOnWithNothingLost() throws Exception
    {
        try (SeedGrid grid = new SeedGrid(directory, SEEDS, TIMES))
        {
            for (int i = 0; i < SEEDS; i++)
            {
                mount(grid.directory(SeedGrid.name(i)));
                grid.start(SeedGrid.name(i));
            }
            grid.awaitMembers();
            define(grid, "s0", "before");
            isFullFor(grid, "nearly", LEFT_BYTES);
            assertTrue(isTold(grid, "is full"), () -> "nobody was told: " + grid.faults);
            isFullFor(grid, "quite", 0);

            final String voter = grid.awaitLeader();
            grid.stop(grid.nodes.keySet().stream().filter(name -> !name.equals(voter)).findAny().orElseThrow());
            define(grid, voter, "last");
            List.of("before", "beside nearly", "member nearly", "beside quite", "member quite", "last")
                .forEach(grid::awaitMap);
        }
        finally
        {
            for (final Path disk : disks)
            {
                assertEquals(0, run("umount", "-l", disk.toString()));
            }
        }
    }

    /**
     * The disk of the seed that leads fills: another one leads, and that one's node is a plain member until there is
     * room.
     */
    private static void isFullFor(final SeedGrid grid, final String how, final long leftBytes) throws IOException
    {
        final String full = grid.awaitLeader();
        final String other = grid.nodes.keySet().stream().filter(name -> !name.equals(full)).findAny().orElseThrow();
        final Path filling = grid.directory(full).resolve("filling");
        fill(filling, leftBytes);
        if (leftBytes == 0)
        {
            for (int i = 0; i < LONG_COMMANDS; i++)
            {
                grid.nodes.get(other).submit(SeedGrid.longCommand());
            }
        }
        grid.awaitTrouble(full, "the disk of " + grid.directory(full) + " has ");
        grid.awaitTrouble(full, "make room");
        define(grid, other, "beside " + how);
        define(grid, full, "member " + how);
        Files.delete(filling);
        grid.awaitMembers();
    }

    /**
     * Another one may have to be found that leads, which takes its time: what was given up is asked again.
     */
    private static void define(final SeedGrid grid, final String by, final String map)
    {
        SeedGrid.await(
            () ->
            {
                final CompletableFuture<ControlResult> answer = new CompletableFuture<>();
                grid.nodes.get(by).submit(
                    new ControlCommand.Define(map, StructureKind.MAP, 0, 0), answer::complete);
                final ControlResult result = answer.orTimeout(ANSWER_S, TimeUnit.SECONDS).join();
                return result != null && result.ok();
            },
            () -> map + " is not defined: " + grid.nodes.get(by).trouble() + ", " + grid.faults);
    }

    private static boolean isTold(final SeedGrid grid, final String part)
    {
        return grid.faults.stream().anyMatch(fault -> String.valueOf(fault.getMessage()).contains(part));
    }

    private void mount(final Path disk) throws IOException, InterruptedException
    {
        Files.createDirectories(disk);
        Assumptions.assumeTrue(
            run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MB + "m", "tmpfs", disk.toString()) == 0, "cannot mount");
        disks.add(disk);
    }

    /**
     * @param leftBytes that stay free; 0 for none at all.
     */
    private static void fill(final Path file, final long leftBytes) throws IOException
    {
        final byte[] bytes = new byte[BLOCK];
        try (OutputStream output = Files.newOutputStream(file))
        {
            final FileStore disk = Files.getFileStore(file);
            while (leftBytes == 0 || disk.getUsableSpace() >= leftBytes + BLOCK)
            {
                output.write(bytes);
            }
        }
        catch (final IOException ex)
        {
            assertEquals(0, leftBytes, ex::toString);
        }
    }

    private static int run(final String... command) throws IOException, InterruptedException
    {
        return new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }
}
