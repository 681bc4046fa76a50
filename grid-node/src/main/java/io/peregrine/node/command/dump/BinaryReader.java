package io.peregrine.node.command.dump;

import io.peregrine.client.Routing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads the form that {@link BinaryFormat} describes. Whatever is wrong is the end: nothing behind it can be trusted.
 */
public final class BinaryReader implements EntryReader
{
    private final CRC32C checksum = new CRC32C();
    private final InputStream in;
    private String map;
    private Routing routing;
    private long at;
    private long offset;
    private long number;
    private boolean isOver;

    /**
     * @param in to read from, at the beginning of the file; buffered.
     */
    public BinaryReader(final InputStream in)
    {
        this.in = in;
    }

    /**
     * @param beginning of a file, 8 bytes or more.
     * @return whether it says that it has this form.
     */
    public static boolean isBinary(final byte[] beginning)
    {
        return beginning.length >= BinaryFormat.MAGIC.length &&
            Arrays.equals(beginning, 0, BinaryFormat.MAGIC.length, BinaryFormat.MAGIC, 0, BinaryFormat.MAGIC.length);
    }

    /**
     * Read the header, and go on to a place.
     *
     * @param from where entries are read from.
     * @throws BadEntryException when the header is wrong, or there is no such place.
     * @throws IOException       when the file cannot be read.
     */
    public void begin(final Place from) throws BadEntryException, IOException
    {
        checksum.reset();
        final ByteBuffer fixed = read(BinaryFormat.FIXED_HEADER);
        if (!isBinary(fixed.array()))
        {
            throw bad("this is no binary file of entries");
        }
        final int version = fixed.getShort(BinaryFormat.MAGIC.length);
        if (version != BinaryFormat.VERSION)
        {
            throw bad("the file has version " + version + ", and this program knows " + BinaryFormat.VERSION);
        }
        routing = BinaryFormat.routing(fixed.get(BinaryFormat.MAGIC.length + Short.BYTES));
        final int length = fixed.getInt(BinaryFormat.FIXED_HEADER - Integer.BYTES);
        if (routing == null || length < 1 || length > BinaryFormat.LONGEST_NAME)
        {
            throw bad("the header is damaged");
        }
        map = new String(read(length).array(), StandardCharsets.UTF_8);
        check("the header");
        offset = at;
        if (from.offset() > 0)
        {
            in.skipNBytes(from.offset() - offset);
            at = from.offset();
            offset = at;
            number = from.number();
        }
    }

    /**
     * @return name of the map that the entries are of.
     */
    public String map()
    {
        return map;
    }

    /**
     * @return of the keys.
     */
    public Routing routing()
    {
        return routing;
    }

    @Override
    public Entry next() throws BadEntryException, IOException
    {
        if (isOver)
        {
            return null;
        }
        checksum.reset();
        final int length = read(Integer.BYTES).getInt(0);
        if (length == 0)
        {
            end();
            return null;
        }
        if (length <= BinaryFormat.FIXED_BODY || length > BinaryFormat.LONGEST_BODY)
        {
            throw bad("an entry of " + length + " bytes cannot be");
        }
        final ByteBuffer body = read(length);
        check("the entry");
        final int keyLength = body.getInt(Long.BYTES);
        if (keyLength < 1 || keyLength > length - BinaryFormat.FIXED_BODY)
        {
            throw bad("a key of " + keyLength + " bytes cannot be");
        }
        final long ttlMs = body.getLong(0);
        if (ttlMs < 1 && ttlMs != Entry.NO_TTL)
        {
            throw bad("a time to live of " + ttlMs + " ms cannot be");
        }
        offset = at;
        number++;
        final int valueAt = BinaryFormat.FIXED_BODY + keyLength;
        return new Entry(
            Arrays.copyOfRange(body.array(), BinaryFormat.FIXED_BODY, valueAt),
            Arrays.copyOfRange(body.array(), valueAt, length),
            ttlMs);
    }

    @Override
    public Place place()
    {
        return new Place(offset, number);
    }

    @Override
    public String where(final Place behind)
    {
        return "entry " + behind.number() + ", which ends at offset " + behind.offset();
    }

    private void end() throws BadEntryException, IOException
    {
        final long entries = read(Long.BYTES).getLong(0);
        check("the end");
        if (entries != number)
        {
            throw bad("the file says that it has " + entries + " entries, and it has " + number);
        }
        if (in.read() >= 0)
        {
            throw bad("there are bytes behind the end");
        }
        isOver = true;
    }

    private ByteBuffer read(final int length) throws BadEntryException, IOException
    {
        final byte[] bytes = in.readNBytes(length);
        if (bytes.length < length)
        {
            throw new BadEntryException("at offset " + (at + bytes.length) + ": the file is cut off after " + number +
                " entries", true);
        }
        at += length;
        checksum.update(bytes, 0, length);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void check(final String what) throws BadEntryException, IOException
    {
        final int expected = (int) checksum.getValue();
        if (read(Integer.BYTES).getInt(0) != expected)
        {
            throw bad(what + " does not have its checksum");
        }
    }

    private BadEntryException bad(final String text)
    {
        return new BadEntryException("at offset " + offset + ": " + text, true);
    }
}
