package io.peregrine.transport.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another JVM with this one's class path, for what only a second process can show.
 */
public final class ChildJvm
{
    private static final long LIMIT_S = 60;

    private ChildJvm()
    {
    }

    /**
     * @param main  class to run.
     * @param flags for the JVM.
     * @param args  for the class.
     * @return the process, its error output within its output; killed where it does not end within a minute, so that
     *         whoever waits for it goes on.
     * @throws IOException when it cannot be started.
     */
    public static Process start(final Class<?> main, final List<String> flags, final String... args) throws IOException
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("JDK_JAVA_OPTIONS");
        final Process process = builder.start();
        process.onExit().orTimeout(LIMIT_S, TimeUnit.SECONDS).exceptionally((late) -> process.destroyForcibly());
        return process;
    }

    /**
     * @param process that ends by itself.
     * @return all that it wrote.
     * @throws IOException when that cannot be read.
     */
    public static String output(final Process process) throws IOException
    {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
