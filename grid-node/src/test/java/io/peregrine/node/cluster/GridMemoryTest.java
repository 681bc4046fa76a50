package io.peregrine.node.cluster;

import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlState;
import io.peregrine.node.control.ControlView;
import io.peregrine.transport.process.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class GridMemoryTest
{
    @TempDir
    private Path directory;

    private GridMemory open()
    {
        return GridMemory.open(directory, "n", "g");
    }

    private void assertRefused(final String node, final String grid, final String... parts)
    {
        final String message = assertThrows(
            StartupException.class, () -> GridMemory.open(directory, node, grid)).getMessage();
        for (final String part : parts)
        {
            assertTrue(message.contains(part), message);
        }
    }

    private void remember() throws IOException
    {
        final ControlState state = new ControlState();
        state.apply(new ControlCommand.Found(SeedGrid.SETTINGS, 77), 1);
        final GridMemory memory = open();
        memory.remember(state.view(), 5);
        memory.save();
    }

    @Test
    void shouldRememberGridVersionAndLifeAndTakeNoOtherGridNorLessOfIt() throws IOException
    {
        remember();
        final GridMemory memory = open();
        final long version = memory.version();
        assertEquals(77, memory.gridId());
        assertEquals(5, memory.formerStartId());
        assertTrue(version > 0 && memory.accepts(77, version) && memory.accepts(77, version + 1));
        assertFalse(memory.accepts(77, version - 1));
        assertFalse(memory.accepts(78, version + 1));
        assertFalse(memory.accepts(0, 0), "a control plane without a grid");
    }

    @Test
    void shouldRefuseTheDirectoryOfAnotherNodeOrGridAndSayWhoseItIs() throws IOException
    {
        remember();
        assertRefused("m", "g", directory.toString(), "is that of the node 'n', and this is 'm'");
        assertRefused("n", "h", directory.toString(), "is that of the grid 'g', and this is 'h'");
    }

    /**
     * What cannot be read must not be taken for nothing: the node would take any grid then.
     */
    @ParameterizedTest
    @ValueSource(strings = {"gridId=many", "version=1x", "startId=", "version=99999999999999999999", "\\u00zz"})
    void shouldNotStartOverAFileThatCannotBeRead(final String line) throws IOException
    {
        final Path file = directory.resolve(GridMemory.FILE_NAME);
        Files.writeString(file, "node=n\ngrid=g\n" + line + "\n");
        assertRefused("n", "g", file.toString(), "cannot be read", "If all of the grid's data may be lost too, delete");
    }

    @Test
    void shouldNotStartOverAFileThatWasCutOffAnywhere() throws IOException
    {
        remember();
        final Path file = directory.resolve(GridMemory.FILE_NAME);
        final byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++)
        {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused("n", "g", file.toString(), "cannot be read");
        }
    }

    @Test
    void shouldRefuseAnEmptyFile() throws IOException
    {
        Files.createFile(directory.resolve(GridMemory.FILE_NAME));
        assertRefused("n", "g", "cannot be read", "it does not say whose it is");
    }

    @Test
    void shouldRememberNothingOfFormerLivesWithoutADirectory() throws IOException
    {
        final GridMemory memory = GridMemory.open(null, "n", "g");
        memory.remember(new ControlView(
            4, 0, 9, null, ControlView.EMPTY.members(), ControlView.EMPTY.assignments(), ControlView.EMPTY.plan(),
            ControlView.EMPTY.structures()), 5);
        memory.save();
        assertFalse(memory.accepts(9, 3), "until it ends");
        assertTrue(GridMemory.open(null, "n", "g").accepts(9, 3));
    }
}
