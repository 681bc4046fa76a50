package io.peregrine.node.house;

import io.peregrine.node.ChildLimit;
import io.peregrine.node.command.GridProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The first thing that a user does with the README: copy a program, run it.
 */
@Timeout(120)
class QuickStartTest
{
    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PRINTS = Pattern.compile("It prints `([^`]*)`");
    private static final Pattern ADDRESS = Pattern.compile("listens at (127[0-9.:]+)");
    private static final String README = Tree.text(Tree.top().resolve("README.md"));
    private static final Pattern FLAG = Pattern.compile("^    (--add-exports \\S+)$", Pattern.MULTILINE);

    @TempDir
    Path dir;

    @Test
    void shouldCompileRunAndPrintWhatTheReadmeSays() throws Exception
    {
        final String output = run("QuickStart", find(PROGRAM, README));

        assertTrue(output.lines().toList().contains(find(PRINTS, README)), output);
    }

    @Test
    void shouldReachANodeByTheProgramThatTheReadmeHasForIt() throws Exception
    {
        final String program = find(PROGRAM, README.substring(README.indexOf("## A node of its own")));
        final String address = GridProcess.freeAddress();
        try (GridProcess node = GridProcess.node(dir, address))
        {
            final String output = run("RemoteStart", program.replace(find(ADDRESS, README), address));
            assertTrue(output.contains("Ada Lovelace is at " + address), output);
            assertEquals(0, node.stop().exitCode());
        }
    }

    private String run(final String name, final String program) throws Exception
    {
        final Path source = Files.writeString(dir.resolve(name + ".java"), program);
        final String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        final ByteArrayOutputStream said = new ByteArrayOutputStream();
        final int failed = compiler.run(
            null, said, said, "-Xlint:all", "-Werror", "-cp", classPath, "-d", dir.toString(), source.toString());
        assertEquals(0, failed, () -> said.toString(StandardCharsets.UTF_8));

        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(find(FLAG, README).split(" ")));
        command.addAll(List.of("-cp", dir + ":" + classPath, name));
        final Process process =
            ChildLimit.watched(new ProcessBuilder(command).redirectErrorStream(true).start());
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, process.waitFor(), output);
        return output;
    }

    private static String find(final Pattern pattern, final String text)
    {
        final Matcher matcher = pattern.matcher(text);
        assertTrue(matcher.find(), "README.md has no " + pattern);
        return matcher.group(1);
    }
}
