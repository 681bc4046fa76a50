package io.peregrine.perf.process;

import java.io.IOException;

/**
 * A child that repeats what it is told. Told "parrot", it starts one of its own and says its number.
 */
public final class Parrot
{
    static final String BEGUN = "begun";

    private static final int HEAP_MB = 32;

    private Parrot()
    {
    }

    static ChildProcess start()
    {
        return Jvm.start(Parrot.class, HEAP_MB);
    }

    /**
     * @param args none.
     * @throws IOException when the parent cannot be read.
     */
    public static void main(final String[] args) throws IOException
    {
        ChildMain.say(BEGUN);
        ChildMain.listen(line -> ChildMain.say("parrot".equals(line) ? "child " + start().pid() : line));
    }
}
