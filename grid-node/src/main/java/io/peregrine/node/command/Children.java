package io.peregrine.node.command;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Processes that run this command line, by the same JVM with the same flags.
 */
final class Children
{
    private Children()
    {
    }

    /**
     * @param line words behind {@code grid}.
     * @return words of the process.
     */
    static List<String> command(final List<String> line)
    {
        final List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        words.add("-cp");
        words.add(System.getProperty("java.class.path"));
        words.add(GridTool.class.getName());
        words.addAll(line);
        return words;
    }
}
