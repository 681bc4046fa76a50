package io.peregrine.node.house;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What checkstyle does not look at: files of other kinds, and the tree as a whole.
 */
class TidyTest
{
    private static final Pattern LEFT_OVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b");
    private static final Pattern SWITCHED_OFF = Pattern.compile("@(Dis" + "abled|Ig" + "nore)\\b");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

    @Test
    void shouldHaveNoMarksOfUnfinishedWork()
    {
        assertNone("a left-over mark", lines(path -> !isNamed(path, "checkstyle.xml"), LEFT_OVER));
    }

    @Test
    void shouldHaveNoTestSwitchedOff()
    {
        assertNone("a test switched off", lines(path -> isJava(path), SWITCHED_OFF));
    }

    @Test
    void shouldNameNoDirectoryOfOneMachine()
    {
        final Path top = Tree.top();
        final Pattern here = Pattern.compile(Pattern.quote(top + "/") + "|" + Pattern.quote(top.getParent() + "/"));
        assertNone("a path of this machine", lines(path -> top.getNameCount() > 1, here));
    }

    @Test
    void shouldEndTextsWithALineEndAndNoLineWithSpace()
    {
        final Pattern trailing = Pattern.compile("[ \\t]+$");
        assertNone("white space at the end of a line", lines(TidyTest::isText, trailing));
        final List<String> open = new ArrayList<>();
        for (final Path path : Tree.files())
        {
            if (isText(path) && !Tree.text(path).endsWith("\n"))
            {
                open.add(path.toString());
            }
        }
        assertNone("a file without a line end", open);
    }

    @Test
    void shouldSayInEveryPackageWhatItIsFor()
    {
        final List<String> bare = Tree.files().stream()
            .filter(path -> isJava(path) && path.toString().contains("/src/main/java/"))
            .map(Path::getParent).distinct()
            .filter(directory -> !Files.exists(directory.resolve("package-info.java")))
            .map(Path::toString).toList();
        assertNone("a package without package-info.java", bare);
    }

    @Test
    void shouldLinkOnlyToFilesThatExist()
    {
        final List<String> broken = new ArrayList<>();
        for (final Path path : Tree.files())
        {
            if (path.toString().endsWith(".md"))
            {
                LINK.matcher(Tree.text(path)).results()
                    .map(link -> link.group(1))
                    .filter(link -> !Files.exists(path.resolveSibling(link)))
                    .forEach(link -> broken.add(path + " -> " + link));
            }
        }
        assertNone("a broken link", broken);
    }

    @Test
    void shouldGiveAReasonForEveryExceptionToTheStyle()
    {
        final String exceptions = Tree.text(Tree.top().resolve(".ci/exceptions.xml"));
        final String[] before = exceptions.split("<suppress\\b", -1);
        for (int i = 0; i < before.length - 1; i++)
        {
            assertTrue(before[i].stripTrailing().endsWith("-->"), "a comment above exception " + (i + 1));
        }
    }

    private static List<String> lines(final Predicate<Path> files, final Pattern pattern)
    {
        final List<String> found = new ArrayList<>();
        for (final Path path : Tree.files())
        {
            if (files.test(path) && isText(path))
            {
                final String[] lines = Tree.text(path).split("\n", -1);
                for (int i = 0; i < lines.length; i++)
                {
                    if (pattern.matcher(lines[i]).find())
                    {
                        found.add(path + ":" + (i + 1) + ": " + lines[i].strip());
                    }
                }
            }
        }
        return found;
    }

    private static boolean isText(final Path path)
    {
        return isJava(path) || path.toString().matches(".*\\.(md|xml|properties|sh|config)") ||
            isNamed(path, "grid") || isNamed(path, "run") || path.toString().contains("META-INF");
    }

    private static boolean isJava(final Path path)
    {
        return path.toString().endsWith(".java");
    }

    private static boolean isNamed(final Path path, final String name)
    {
        return path.getFileName().toString().equals(name);
    }

    private static void assertNone(final String what, final List<String> found)
    {
        assertEquals(List.of(), found, what);
    }
}
