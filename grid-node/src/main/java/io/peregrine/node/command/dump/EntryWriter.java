package io.peregrine.node.command.dump;

import java.io.IOException;

/**
 * Writes a file of entries.
 */
public interface EntryWriter
{
    /**
     * Write what stands before the first entry.
     *
     * @throws IOException when it cannot be written.
     */
    void begin() throws IOException;

    /**
     * @param entry to write.
     * @throws IOException              when it cannot be written.
     * @throws IllegalArgumentException with a message for the user, when this kind of file cannot say it.
     */
    void write(Entry entry) throws IOException;

    /**
     * Write what stands behind the last entry.
     *
     * @param entries in the whole file.
     * @throws IOException when it cannot be written.
     */
    void end(long entries) throws IOException;
}
