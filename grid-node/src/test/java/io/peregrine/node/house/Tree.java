package io.peregrine.node.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The source tree that the tests run in.
 */
public final class Tree
{
    private static final Set<String> LEFT_OUT = Set.of("target", ".git", ".idea", ".vscode");

    private Tree()
    {
    }

    /**
     * @return the top directory.
     */
    public static Path top()
    {
        Path path = Path.of("").toAbsolutePath();
        while (path != null && !Files.isDirectory(path.resolve(".mvn")))
        {
            path = path.getParent();
        }
        if (path == null)
        {
            throw new IllegalStateException("not within the source tree: " + Path.of("").toAbsolutePath());
        }
        return path;
    }

    /**
     * @return every file of the project itself, built ones and settings of tools left out.
     */
    public static List<Path> files()
    {
        try (Stream<Path> paths = Files.walk(top()))
        {
            return paths.filter(Files::isRegularFile).filter(Tree::isOurs).sorted().toList();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * @param path of a text file.
     * @return its text.
     */
    public static String text(final Path path)
    {
        try
        {
            return Files.readString(path);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(path.toString(), ex);
        }
    }

    private static boolean isOurs(final Path path)
    {
        for (final Path part : top().relativize(path))
        {
            if (LEFT_OUT.contains(part.toString()))
            {
                return false;
            }
        }
        return !path.toString().endsWith(".iml");
    }
}
