package io.peregrine.node.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.peregrine.client.ClientSettings;
import io.peregrine.client.GridClientContext;
import io.peregrine.client.config.SettingInputs;
import io.peregrine.node.ChildLimit;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Processes of their own for clients, and how they are stopped for a while.
 */
final class Children
{
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Children()
    {
    }

    /**
     * @param main  to run.
     * @param flags for its JVM.
     * @param args  for it.
     * @return the process; what it says of errors is in its output.
     */
    static Process start(final Class<?> main, final List<String> flags, final String... args) throws IOException
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED", "-ea",
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("JDK_JAVA_OPTIONS");
        return ChildLimit.watched(builder.start());
    }

    /**
     * What a client in a process of its own is made with.
     *
     * @param address of the node.
     * @param live    directory of the node.
     * @return a context whose calls wait for a busy machine.
     */
    static GridClientContext context(final String address, final String live)
    {
        return new GridClientContext()
            .inputs(SettingInputs.NONE)
            .connect(address)
            .connectTimeout(LIMIT)
            .callTimeout(LIMIT)
            .set(ClientSettings.LIVE_DIR, live);
    }

    /**
     * Wait until it says something.
     */
    static void awaitLine(final Process process, final String what) throws IOException
    {
        final BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        final StringBuilder seen = new StringBuilder();
        String line = output.readLine();
        while (line != null && !line.equals(what))
        {
            seen.append(line).append('\n');
            line = output.readLine();
        }
        assertEquals(what, line, seen::toString);
    }

    /**
     * Let it come to its end.
     *
     * @return all that it said and nobody read yet.
     */
    static String end(final Process process) throws IOException, InterruptedException
    {
        process.getOutputStream().close();
        return await(process);
    }

    static String await(final Process process) throws IOException, InterruptedException
    {
        final String output = String.join("\n", process.inputReader(StandardCharsets.UTF_8).lines().toList());
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    /**
     * Let all its threads stand still.
     */
    static void stop(final Process process) throws IOException, InterruptedException
    {
        signal("-STOP", process.pid());
    }

    static void goOn(final Process process) throws IOException, InterruptedException
    {
        signal("-CONT", process.pid());
    }

    static void signal(final String signal, final long pid) throws IOException, InterruptedException
    {
        final Process kill = new ProcessBuilder("kill", signal, Long.toString(pid)).inheritIO().start();
        assertEquals(0, kill.waitFor());
    }
}
