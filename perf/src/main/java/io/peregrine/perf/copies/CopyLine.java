package io.peregrine.perf.copies;

import io.peregrine.node.partition.CopyState;

import java.util.ArrayList;
import java.util.List;

/**
 * The copies of a node as a line of text.
 */
public final class CopyLine
{
    private static final int HEX = 16;

    private CopyLine()
    {
    }

    /**
     * Write it.
     *
     * @param states of the node's copies.
     * @return the line, without its end.
     */
    public static String write(final List<CopyState> states)
    {
        final StringBuilder line = new StringBuilder();
        for (final CopyState state : states)
        {
            line.append(line.isEmpty() ? "" : " ")
                .append(state.partition()).append(state.isLeading() ? ",1," : ",0,")
                .append(state.applied()).append(',').append(Long.toHexString(state.digest()));
        }

        return line.toString();
    }

    /**
     * Read it.
     *
     * @param line as it was written.
     * @return the copies.
     */
    public static List<CopyState> read(final String line)
    {
        final List<CopyState> states = new ArrayList<>();
        for (final String word : line.isBlank() ? new String[0] : line.trim().split(" "))
        {
            final String[] parts = word.split(",");
            states.add(new CopyState(Integer.parseInt(parts[0]), parts[1].equals("1"), Long.parseLong(parts[2]),
                Long.parseUnsignedLong(parts[3], HEX)));
        }

        return states;
    }
}
