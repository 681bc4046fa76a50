package io.peregrine.node.command;

import java.io.PrintWriter;

/**
 * The stack trace of an error and of its causes, for {@code --debug}.
 */
final class StackTrace
{
    private StackTrace()
    {
    }

    static void print(final Throwable error, final PrintWriter out)
    {
        Throwable each = error;
        while (each != null)
        {
            out.println((each == error ? "" : "caused by ") + each);
            for (final StackTraceElement frame : each.getStackTrace())
            {
                out.println("    at " + frame);
            }
            each = each.getCause();
        }
    }
}
