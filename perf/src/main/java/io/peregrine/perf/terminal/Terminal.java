package io.peregrine.perf.terminal;

import java.io.Console;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Is somebody watching?
 */
public final class Terminal
{
    private Terminal()
    {
    }

    /**
     * Are input and output a terminal? From JDK 22 on there is a console also where there is none, and it says so.
     *
     * @return true where control characters make sense.
     */
    public static boolean isInteractive()
    {
        final Console console = System.console();
        if (console == null)
        {
            return false;
        }

        try
        {
            final MethodHandle isTerminal = MethodHandles.publicLookup()
                .findVirtual(Console.class, "isTerminal", MethodType.methodType(boolean.class));
            return (boolean) isTerminal.invoke(console);
        }
        catch (final NoSuchMethodException ex)
        {
            return true;
        }
        catch (final Throwable ex)
        {
            return false;
        }
    }
}
