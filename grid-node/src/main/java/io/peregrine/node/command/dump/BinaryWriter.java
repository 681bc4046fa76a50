package io.peregrine.node.command.dump;

import io.peregrine.client.Routing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Writes the form that {@link BinaryFormat} describes.
 */
public final class BinaryWriter implements EntryWriter
{
    private final CRC32C checksum = new CRC32C();
    private final OutputStream out;
    private final String map;
    private final Routing routing;

    /**
     * @param out     to write to; buffered.
     * @param map     name of the map.
     * @param routing of its keys.
     */
    public BinaryWriter(final OutputStream out, final String map, final Routing routing)
    {
        this.out = out;
        this.map = map;
        this.routing = routing;
    }

    @Override
    public void begin() throws IOException
    {
        final byte[] name = map.getBytes(StandardCharsets.UTF_8);
        put(buffer(BinaryFormat.FIXED_HEADER + name.length)
            .put(BinaryFormat.MAGIC).putShort(BinaryFormat.VERSION).put(BinaryFormat.number(routing)).put((byte) 0)
            .putInt(name.length).put(name));
    }

    @Override
    public void write(final Entry entry) throws IOException
    {
        final int body = BinaryFormat.FIXED_BODY + entry.key().length + entry.value().length;
        put(buffer(Integer.BYTES + body)
            .putInt(body).putLong(entry.ttlMs()).putInt(entry.key().length).put(entry.key()).put(entry.value()));
    }

    @Override
    public void end(final long entries) throws IOException
    {
        put(buffer(Integer.BYTES + Long.BYTES).putInt(0).putLong(entries));
    }

    private static ByteBuffer buffer(final int length)
    {
        return ByteBuffer.allocate(length + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void put(final ByteBuffer buffer) throws IOException
    {
        checksum.reset();
        checksum.update(buffer.array(), 0, buffer.position());
        out.write(buffer.putInt((int) checksum.getValue()).array());
    }
}
