package io.peregrine.client.remote;

/**
 * Where a lane's requests go other than to who leads their partition. A read that may be a little old goes to another
 * copy, once; what that cannot tell, and what is not answered, goes to the primary as any other request. What is asked
 * of one member goes to that one alone, again and again until it is answered or given up. The lane's thread.
 */
final class LaneCopies
{
    private final LaneCore core;
    private final LaneWays ways;
    private final Retained requests;
    private final Tables tables;

    LaneCopies(final LaneCore core, final LaneWays ways, final Tables tables)
    {
        this.core = core;
        this.ways = ways;
        this.tables = tables;
        requests = core.requests();
    }

    /**
     * The way by which to send a request now other than to the primary.
     *
     * @return null where it is to go to the primary.
     */
    Way toSend(final int slot, final Table table)
    {
        if (requests.addressees[slot] != Retained.LEADER)
        {
            return toAddressee(slot);
        }

        final int before = requests.copies[slot];
        if (before != Table.NOWHERE && ways.at(before).sending == requests.id(slot))
        {
            if (ways.at(before).isReady())
            {
                return ways.at(before);
            }
            ways.at(before).cancel();
        }

        requests.copies[slot] = Table.NOWHERE;
        if (!requests.mayBeOld[slot] || requests.sends[slot] != 0)
        {
            return null;
        }

        final int place = table.replicaPlace(requests.partitions[slot]);
        if (place == Table.NOWHERE)
        {
            ways.questions().want();
            return null;
        }
        final Way copy = ways.at(place);
        if (!copy.isReady())
        {
            ways.reach(copy);
            return null;
        }

        requests.copies[slot] = place;
        copy.hasCopyReads = true;
        return copy;
    }

    /**
     * Was a request sent to another than the primary last?
     */
    boolean isSentTo(final int slot)
    {
        return requests.copies[slot] != Table.NOWHERE;
    }

    /**
     * A copy says that it cannot tell.
     */
    void onCannotTell(final Way by, final long id, final int slot)
    {
        if (by.place == requests.copies[slot])
        {
            core.sendAgain(id);
        }
    }

    /**
     * A connection is lost: what was asked of a copy by it is asked of the primary.
     */
    void onLost(final Way way)
    {
        if (!way.hasCopyReads)
        {
            return;
        }

        way.hasCopyReads = false;
        for (long id = requests.oldestId(); id < requests.nextId(); id++)
        {
            if (requests.copies[requests.slot(id)] == way.place)
            {
                core.sendAgain(id);
            }
        }
    }

    /**
     * The number of the partition is that of the data agent here.
     */
    private Way toAddressee(final int slot)
    {
        final int member = requests.addressees[slot] == Retained.HOME ? tables.home() : requests.addressees[slot];
        final int place = Table.place(member, requests.partitions[slot] % Table.MAX_AGENTS);
        requests.copies[slot] = place;
        final Way way = ways.at(place);
        way.hasCopyReads = true;
        return way;
    }
}
