package io.peregrine.node.command;

import io.peregrine.client.GridException;
import io.peregrine.client.config.ConfigurationException;
import io.peregrine.transport.monitor.NotANodeFileException;
import io.peregrine.transport.process.StartupException;
import picocli.CommandLine;

import java.io.PrintWriter;

/**
 * What the user is told when something is wrong: one message, what to do, and no stack trace unless he asks for it.
 */
final class Problems
{
    private Problems()
    {
    }

    static int usage(final CommandLine.ParameterException ex, final String[] args)
    {
        final CommandLine command = ex.getCommandLine();
        final PrintWriter err = command.getErr();
        err.println(nameOf(command) + ": " + messageOf(ex));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(ex, err) && isTop(command))
        {
            err.println("Commands: " + String.join(", ", command.getSubcommands().keySet()));
        }
        err.println("Try '" + nameOf(command) + " --help'.");
        return GridCommand.USAGE;
    }

    static int failure(final Throwable ex, final CommandLine command, final boolean debug)
    {
        final PrintWriter err = command.getErr();
        err.println(nameOf(command) + ": " + (isForUsers(ex) ? ex.getMessage() : "unexpected: " + ex));
        if (debug)
        {
            StackTrace.print(ex, err);
        }
        else if (!isForUsers(ex))
        {
            err.println("Run it again with --debug to see where.");
        }
        return GridCommand.FAILED;
    }

    private static String messageOf(final CommandLine.ParameterException ex)
    {
        if (isTop(ex.getCommandLine()) && ex instanceof CommandLine.UnmatchedArgumentException unmatched &&
            !unmatched.isUnknownOption())
        {
            return "there is no command '" + unmatched.getUnmatched().get(0) + "'";
        }
        return ex.getMessage();
    }

    private static boolean isForUsers(final Throwable ex)
    {
        return ex instanceof CommandFailure ||
            ex instanceof GridException ||
            ex instanceof StartupException ||
            ex instanceof ConfigurationException ||
            ex instanceof NotANodeFileException;
    }

    private static boolean isTop(final CommandLine command)
    {
        return command.getParent() == null;
    }

    private static String nameOf(final CommandLine command)
    {
        return command.getCommandSpec().qualifiedName();
    }
}
