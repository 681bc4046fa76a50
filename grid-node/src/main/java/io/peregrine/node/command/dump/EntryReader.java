package io.peregrine.node.command.dump;

import java.io.IOException;

/**
 * Reads a file of entries from its beginning to its end, or from a place where it was before.
 */
public interface EntryReader
{
    /**
     * @return the next entry, or null behind the last.
     * @throws BadEntryException when there is something else; unless that is the end, the next call reads on behind it.
     * @throws IOException       when the file cannot be read.
     */
    Entry next() throws BadEntryException, IOException;

    /**
     * @return where the file is read on: all before it was returned or thrown.
     */
    Place place();

    /**
     * @param behind the entry that is meant.
     * @return where that entry is, for a message: a line, or an offset.
     */
    String where(Place behind);

    /**
     * A place between two entries.
     *
     * @param offset in the file, in bytes.
     * @param number of lines or entries before it.
     */
    record Place(long offset, long number)
    {
        /**
         * Where a file begins.
         */
        public static final Place START = new Place(0, 0);
    }
}
