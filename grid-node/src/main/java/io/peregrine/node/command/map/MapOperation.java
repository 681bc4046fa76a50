package io.peregrine.node.command.map;

import io.peregrine.client.Grid;
import io.peregrine.client.GridMap;
import io.peregrine.node.command.CommandFailure;
import io.peregrine.node.command.GridCommand;
import io.peregrine.node.command.GridSource;
import io.peregrine.node.command.dump.TextForm;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;

/**
 * An operation on one map: connected before it begins, and closed behind it.
 */
abstract class MapOperation implements GridCommand
{
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private GridMapCommand map;

    @Override
    public final Integer call() throws Exception
    {
        check();
        try (GridSource.Connection connection = map.connect())
        {
            return run(connection.grid());
        }
    }

    /**
     * Look at the arguments before anything is done.
     */
    void check()
    {
    }

    abstract int run(Grid grid) throws Exception;

    final GridMapCommand map()
    {
        return map;
    }

    final GridMap<byte[], byte[]> existing(final Grid grid)
    {
        return map.open(grid, true, map.keyForm().routing());
    }

    final PrintWriter out()
    {
        return spec.commandLine().getOut();
    }

    final PrintWriter err()
    {
        return spec.commandLine().getErr();
    }

    final ParameterException wrongUsage(final String message)
    {
        return new ParameterException(spec.commandLine(), message);
    }

    /**
     * @param form of an argument.
     * @param text that was given.
     * @return the bytes.
     */
    final byte[] parse(final TextForm form, final String text)
    {
        try
        {
            return form.parse(text);
        }
        catch (final IllegalArgumentException ex)
        {
            throw wrongUsage(ex.getMessage());
        }
    }

    /**
     * @param form  of what is shown.
     * @param bytes that are stored.
     * @return the text.
     */
    static String format(final TextForm form, final byte[] bytes)
    {
        try
        {
            return form.format(bytes);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandFailure(ex.getMessage());
        }
    }
}
