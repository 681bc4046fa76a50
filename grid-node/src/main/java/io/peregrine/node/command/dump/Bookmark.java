package io.peregrine.node.command.dump;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/**
 * A small file that says how far somebody came with another. It is replaced as a whole, so that whoever is killed
 * leaves the old one or the new one.
 */
public final class Bookmark
{
    private static final String KIND = "peregrine.bookmark";

    private final Path path;
    private final String kind;
    private final Properties fields = new Properties();

    /**
     * @param path of the file, which need not exist.
     * @param kind what it is about, in a word: a bookmark of another kind is not read.
     */
    public Bookmark(final Path path, final String kind)
    {
        this.path = path;
        this.kind = kind;
    }

    /**
     * @return where it is.
     */
    public Path path()
    {
        return path;
    }

    /**
     * Read it.
     *
     * @return false when there is none.
     * @throws IOException with a message for the user, when it cannot be read or is no bookmark of this kind.
     */
    public boolean load() throws IOException
    {
        if (!Files.exists(path))
        {
            return false;
        }
        fields.clear();
        try (Reader reader = Files.newBufferedReader(path))
        {
            fields.load(reader);
        }
        catch (final IllegalArgumentException ex)
        {
            throw damaged();
        }
        if (!kind.equals(fields.getProperty(KIND)))
        {
            throw damaged();
        }
        return true;
    }

    /**
     * @param name of a field.
     * @return its text.
     * @throws IOException with a message for the user, when it is not there.
     */
    public String text(final String name) throws IOException
    {
        final String text = fields.getProperty(name);
        if (text == null)
        {
            throw damaged();
        }
        return text;
    }

    /**
     * @param name of a field.
     * @return its number.
     * @throws IOException with a message for the user, when it is not there or no number of 0 or more.
     */
    public long number(final String name) throws IOException
    {
        try
        {
            final long number = Long.parseLong(text(name));
            if (number >= 0)
            {
                return number;
            }
        }
        catch (final NumberFormatException ex)
        {
            throw damaged();
        }
        throw damaged();
    }

    /**
     * @param name  of a field.
     * @param value for it.
     * @return this.
     */
    public Bookmark set(final String name, final Object value)
    {
        fields.setProperty(name, value.toString());
        return this;
    }

    /**
     * Write it.
     *
     * @throws IOException when it cannot be written.
     */
    public void save() throws IOException
    {
        fields.setProperty(KIND, kind);
        final Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try (Writer writer = Files.newBufferedWriter(fresh))
        {
            fields.store(writer, null);
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Remove it, if it is there.
     *
     * @throws IOException when it cannot be removed.
     */
    public void delete() throws IOException
    {
        Files.deleteIfExists(path);
    }

    private IOException damaged()
    {
        return new IOException(path + " does not say how far a " + kind + " came: it is damaged or something else");
    }
}
