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
     * More flags for the nodes' JVMs: a recording, for instance, which must not be that of this process.
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
        final List<String> more = new ArrayList<>(List.of("-Xms" + heapMb + "m", "-Xmx" + heapMb + "m"));
        if (main == NodeProcess.class)
        {
            more.addAll(nodeFlags());
        }
        more.addAll(flags);
        return start(main.getSimpleName(), false, more, main, arguments);
    }

    /**
     * Start the JVM of a node as the command line starts one: heap and collector are what the JVM chooses.
     *
     * @param name      for messages.
     * @param main      class of this benchmark.
     * @param arguments of its main method.
     * @return the process.
     */
    public static ChildProcess startNode(final String name, final Class<?> main, final String... arguments)
    {
        return start(name, true, nodeFlags(), main, arguments);
    }

    private static ChildProcess start(
        final String name,
        final boolean isPlain,
        final List<String> more,
        final Class<?> main,
        final String... arguments)
    {
        final List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        for (final String flag : ManagementFactory.getRuntimeMXBean().getInputArguments())
        {
            if (isShared(flag) && !(isPlain && isCollector(flag)))
            {
                command.add(flag);
            }
        }

        command.addAll(more);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ChildProcess(name, command);
    }

    private static List<String> nodeFlags()
    {
        final String more = System.getenv(NODE_OPTIONS);
        return more == null || more.isBlank() ? List.of() : List.of(more.trim().split(" +"));
    }

    private static boolean isCollector(final String flag)
    {
        return flag.startsWith("-XX:+Use") && flag.endsWith("GC");
    }

    private static boolean isShared(final String flag)
    {
        return !flag.startsWith("-Xm") && !flag.startsWith("-agent") && !flag.startsWith("-javaagent") &&
            !flag.startsWith("-XX:StartFlightRecording");
    }
}
