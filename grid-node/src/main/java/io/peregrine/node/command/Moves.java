package io.peregrine.node.command;

import io.peregrine.client.PartitionsStatus.State;

/**
 * Copies that are being made, counted at one moment. Pure.
 *
 * @param wanted   copies that are planned and not in sync yet.
 * @param underWay of these, those that are being taken, or are whole and not in sync yet.
 * @param starved  of them, those that wait until their node has memory for them.
 * @param surplus  copies that are in sync and not planned: each goes when its partition has the others.
 * @param records  entries of the copies that are wanted.
 * @param left     entries of them that are not there yet.
 */
record Moves(int wanted, int underWay, int starved, int surplus, long records, long left)
{
    /**
     * No end can be told.
     */
    static final long NO_END = -1;

    static Moves of(final GridTable table)
    {
        int wanted = 0;
        int underWay = 0;
        int starved = 0;
        int surplus = 0;
        long records = 0;
        long left = 0;
        for (final GridTable.Row row : table.rows())
        {
            for (final GridTable.Copy copy : row.copies())
            {
                surplus += copy.told().isInSync() && !copy.told().isPlanned() ? 1 : 0;
                if (copy.told().isPlanned() && !copy.told().isInSync())
                {
                    final boolean isTaken = copy.state() == State.LOADING || copy.state() == State.LOADED;
                    final long all = Math.max(0, row.records());
                    wanted++;
                    underWay += isTaken ? 1 : 0;
                    starved += copy.state() == State.STARVED ? 1 : 0;
                    records += all;
                    left += isTaken ? Math.max(0, all - Math.max(0, copy.loaded())) : all;
                }
            }
        }
        return new Moves(wanted, underWay, starved, surplus, records, left);
    }

    boolean isAny()
    {
        return wanted + surplus > 0;
    }

    /**
     * @param before    the moves a while ago.
     * @param betweenMs how long ago.
     * @return milliseconds until all copies are made at the pace since then, or {@link #NO_END} without any pace.
     */
    long endMs(final Moves before, final long betweenMs)
    {
        final long moved = before.left - left;
        if (left == 0)
        {
            return underWay == wanted ? 0 : NO_END;
        }
        return moved <= 0 ? NO_END : left * betweenMs / moved;
    }
}
