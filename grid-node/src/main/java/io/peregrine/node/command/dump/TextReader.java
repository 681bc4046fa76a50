package io.peregrine.node.command.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link TextWriter} writes. A line may end as on Windows. Empty lines and comments are not known: every
 * line is an entry, or an error. So is a last line without an end, as the file may be cut off in its value.
 */
public final class TextReader implements EntryReader
{
    /**
     * Bytes of the longest line.
     */
    static final int LONGEST_LINE = 64 << 20;

    private static final int KEPT = 1 << 20;

    private final InputStream in;
    private final TextForm keyForm;
    private final TextForm valueForm;
    private final byte[] chunk = new byte[1 << 16];
    private int chunkAt;
    private int chunkEnd;
    private byte[] line = new byte[1 << 10];
    private int lineLength;
    private long offset;
    private long number;
    private boolean isOpenEnded;

    /**
     * @param in        to read from, which stands at the place.
     * @param from      the place.
     * @param keyForm   of keys.
     * @param valueForm of values.
     */
    public TextReader(final InputStream in, final Place from, final TextForm keyForm, final TextForm valueForm)
    {
        this.in = in;
        this.offset = from.offset();
        this.number = from.number();
        this.keyForm = keyForm;
        this.valueForm = valueForm;
    }

    @Override
    public Entry next() throws BadEntryException, IOException
    {
        if (!readLine())
        {
            return null;
        }
        if (isOpenEnded)
        {
            throw new BadEntryException(where(place()) + ": it has no line end, so that the file may be cut off " +
                "there: end the line if it is whole", false);
        }
        try
        {
            return entry(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, lineLength)).toString());
        }
        catch (final CharacterCodingException ex)
        {
            throw new BadEntryException(where(place()) + ": it is not text in UTF-8", false);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new BadEntryException(where(place()) + ": " + ex.getMessage(), false);
        }
    }

    @Override
    public Place place()
    {
        return new Place(offset, number);
    }

    @Override
    public String where(final Place behind)
    {
        return "line " + behind.number();
    }

    private boolean readLine() throws BadEntryException, IOException
    {
        if (line.length > KEPT)
        {
            line = new byte[1 << 10];
        }
        lineLength = 0;
        boolean isEnded = false;
        while (!isEnded && fill())
        {
            int end = chunkAt;
            while (end < chunkEnd && chunk[end] != '\n')
            {
                end++;
            }
            append(end);
            isEnded = end < chunkEnd;
            chunkAt = isEnded ? end + 1 : end;
        }
        if (!isEnded && lineLength == 0)
        {
            return false;
        }
        number++;
        offset += lineLength + (isEnded ? 1 : 0);
        isOpenEnded = !isEnded;
        return true;
    }

    private boolean fill() throws IOException
    {
        if (chunkAt == chunkEnd)
        {
            chunkAt = 0;
            chunkEnd = Math.max(0, in.read(chunk));
        }
        return chunkEnd > 0;
    }

    private void append(final int end) throws BadEntryException
    {
        final int length = lineLength + end - chunkAt;
        if (length > LONGEST_LINE)
        {
            throw new BadEntryException(
                "line " + (number + 1) + ": it is longer than " + LONGEST_LINE + " bytes", true);
        }
        if (length > line.length)
        {
            line = Arrays.copyOf(line, Math.max(length, 2 * line.length));
        }
        System.arraycopy(chunk, chunkAt, line, lineLength, end - chunkAt);
        lineLength = length;
    }

    private Entry entry(final String text)
    {
        final String whole = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        final String[] fields = whole.split("\t", -1);
        if (fields.length != 2 && fields.length != 3)
        {
            throw new IllegalArgumentException(whole.isEmpty() ? "it is empty" :
                "it has " + fields.length + (fields.length == 1 ? " field" : " fields") +
                ", and an entry has a key, a tab and a value, and perhaps a tab and a time to live");
        }
        final byte[] key = keyForm.parse(Escapes.unescape(fields[0]));
        if (key.length == 0)
        {
            throw new IllegalArgumentException("its key is empty");
        }
        return new Entry(
            key,
            valueForm.parse(Escapes.unescape(fields[1])),
            fields.length == 2 ? Entry.NO_TTL : ttlMs(fields[2]));
    }

    private static long ttlMs(final String field)
    {
        try
        {
            final long ttlMs = Long.parseLong(field);
            if (ttlMs > 0)
            {
                return ttlMs;
            }
        }
        catch (final NumberFormatException notANumber)
        {
            throw notATtl(field);
        }
        throw notATtl(field);
    }

    private static IllegalArgumentException notATtl(final String field)
    {
        return new IllegalArgumentException("'" + field + "' is not a time to live: milliseconds, 1 or more");
    }
}
