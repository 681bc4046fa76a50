package io.peregrine.node.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * One run of the command line in this process.
 *
 * @param exitCode of the run.
 * @param out      what it wrote as its result.
 * @param err      what it wrote about errors and progress.
 */
public record CommandRun(int exitCode, String out, String err)
{
    /**
     * @param commands that there are.
     * @param args     of the command line.
     * @return the run, over.
     */
    public static CommandRun with(final List<GridCommand> commands, final String... args)
    {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exitCode = GridTool.run(commands, new PrintWriter(out), new PrintWriter(err), args);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    static CommandRun of(final String... args)
    {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exitCode = GridTool.run(new PrintWriter(out), new PrintWriter(err), args);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
