package io.peregrine.node.command;

import java.util.concurrent.Callable;

/**
 * A command of {@code grid}: a class with picocli's {@code Command} annotation and a constructor without arguments,
 * named in {@code META-INF/services}. It writes to the streams of its command line, and throws what went wrong with a
 * message for the user.
 * <p>
 * {@link #call()} returns the exit code: 0 done, 1 failed, 2 wrong usage.
 */
public interface GridCommand extends Callable<Integer>
{
    /**
     * Done.
     */
    int DONE = 0;

    /**
     * Failed.
     */
    int FAILED = 1;

    /**
     * Asked for in a way that is not understood.
     */
    int USAGE = 2;
}
