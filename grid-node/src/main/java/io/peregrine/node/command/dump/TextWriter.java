package io.peregrine.node.command.dump;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes a line for each entry: key, tab, value, and where it has one, tab and its time to live in milliseconds.
 */
public final class TextWriter implements EntryWriter
{
    private final OutputStream out;
    private final TextForm keyForm;
    private final TextForm valueForm;

    /**
     * @param out       to write to; buffered.
     * @param keyForm   of keys.
     * @param valueForm of values.
     */
    public TextWriter(final OutputStream out, final TextForm keyForm, final TextForm valueForm)
    {
        this.out = out;
        this.keyForm = keyForm;
        this.valueForm = valueForm;
    }

    @Override
    public void begin()
    {
    }

    @Override
    public void write(final Entry entry) throws IOException
    {
        final String line = Escapes.escape(keyForm.format(entry.key())) + '\t' +
            Escapes.escape(valueForm.format(entry.value())) +
            (entry.ttlMs() == Entry.NO_TTL ? "" : "\t" + entry.ttlMs()) + '\n';
        out.write(line.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void end(final long entries)
    {
    }
}
