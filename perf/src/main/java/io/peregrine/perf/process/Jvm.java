package io.peregrine.perf.process;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts classes of this benchmark in JVMs of their own, with the flags of this one but for the heap.
 */
public final class Jvm
{
    /**
     * More flags for the node's JVM: a recording, for instance, which must not be that of this process.
     */
    public static final String NODE_OPTIONS = "GRID_BENCH_NODE_OPTS";

    private Jvm()
    {
    }

    /**
     * Start a JVM.
     *
     * @param main      class of this benchmark.
     * @param heapMb    length of its heap.
     * @param arguments of its main method.
     * @return the process.
     */
    public static ChildProcess start(final Class<?> main, final int heapMb, final String... arguments)
    {
        return start(List.of(), main, heapMb, arguments);
    }

    /**
     * Start a JVM.
     *
     * @param flags     of it alone.
     * @param main      class of this benchmark.
     * @param heapMb    length of its heap.
     * @param arguments of its main method.
     * @return the process.
     */
    public static ChildProcess start(
        final List<String> flags, final Class<?> main, final int heapMb, final String... arguments)
    {
        final List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        for (final String flag : ManagementFactory.getRuntimeMXBean().getInputArguments())
        {
            if (isShared(flag))
            {
                command.add(flag);
            }
        }

        command.add("-Xms" + heapMb + "m");
        command.add("-Xmx" + heapMb + "m");
        final String more = System.getenv(NODE_OPTIONS);
        if (main == NodeProcess.class && more != null && !more.isBlank())
        {
            command.addAll(List.of(more.trim().split(" +")));
        }

        command.addAll(flags);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ChildProcess(main.getSimpleName(), command);
    }

    private static boolean isShared(final String flag)
    {
        return !flag.startsWith("-Xm") && !flag.startsWith("-agent") && !flag.startsWith("-javaagent") &&
            !flag.startsWith("-XX:StartFlightRecording");
    }
}
