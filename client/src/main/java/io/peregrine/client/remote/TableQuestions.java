package io.peregrine.client.remote;

import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.TableReplyDecoder;
import io.peregrine.client.codec.TableRequestEncoder;

/**
 * A lane's questions for a newer table: of nodes in turns, none of which gives reason to doubt that it is there. The
 * lane's thread.
 */
final class TableQuestions
{
    private static final int SUSPICION = 5;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final TableRequestEncoder request = new TableRequestEncoder();
    private final LaneCore core;
    private final LaneWays ways;
    private final LaneIds ids;
    private final Retained requests;
    private final Tables tables;
    private final long suspicionNs;
    private boolean isWanted;
    private int lastAsked;

    TableQuestions(final LaneCore core, final LaneWays ways, final LaneIds ids, final Tables tables)
    {
        this.core = core;
        this.ways = ways;
        this.ids = ids;
        this.tables = tables;
        requests = core.requests();
        suspicionNs = core.settings().askAgainNs() / SUSPICION;
    }

    /**
     * There is reason to ask.
     */
    void want()
    {
        isWanted = true;
    }

    /**
     * A newer table is taken into use.
     */
    void onNews()
    {
        isWanted = false;
    }

    /**
     * Ask for the table if anything gave reason to, or if that was long ago.
     *
     * @param waitingNs how long the oldest request has been without an answer since it was sent last.
     */
    void ask(final long waitingNs)
    {
        final boolean suspicious = waitingNs >= suspicionNs;
        final long now = core.nowNs();
        if (!requests.isEmpty() && (tables.mayRefresh(now) || (isWanted || suspicious) && tables.mayAsk(now)))
        {
            final Way silent =
                suspicious ? ways.of(requests.partitions[requests.slot(requests.oldestDueId())]) : null;
            reachOthers(silent);
            final Way way = next(isWanted ? null : silent);
            isWanted = false;
            if (way != null)
            {
                ask(way, 0);
            }
            else if (ways.isOfSeveral())
            {
                tables.seek(now);
            }
        }
    }

    /**
     * A node told the table, or a part of it.
     */
    void onTable(final Way by, final TableReplyDecoder reply)
    {
        tables.learn(by.gridId(), reply);
        final int next = reply.next();
        if (next > 0 && next < ways.table().partitions() && by.isReady())
        {
            ask(by, next);
        }
    }

    /**
     * Whoever has the other copy of a partition is going to lead it, if the one who leads it now is lost: connecting
     * takes no less than that, so it is begun before there is news.
     */
    private void reachOthers(final Way silent)
    {
        for (long id = requests.oldestId(); id < requests.nextId(); id++)
        {
            final int partition = requests.partitions[requests.slot(id)];
            final Way way = ways.of(partition);
            final int other = ways.table().replicaPlace(partition);
            if (requests.isKept(id) && other != Table.NOWHERE && (way == silent || way.isQuiet() || !way.isReady()))
            {
                ways.reach(ways.at(other));
            }
        }
    }

    private Way next(final Way suspect)
    {
        final Way[] all = ways.all();
        for (int i = 0; i < all.length; i++)
        {
            lastAsked = (lastAsked + 1) % all.length;
            final Way way = all[lastAsked];
            if (way.isReady() && !way.isQuiet() && way != suspect)
            {
                return way;
            }
        }
        return null;
    }

    private void ask(final Way way, final int from)
    {
        final int at = way.tryClaim(0, MessageHeaderEncoder.ENCODED_LENGTH + TableRequestEncoder.BLOCK_LENGTH);
        if (at >= 0)
        {
            request.wrapAndApplyHeader(way.buffer(), at, header)
                .correlationId(ids.own(LaneIds.TABLE, from))
                .known(ways.table().version)
                .from(from)
                .reserved1(0);
            way.commit();
        }
    }
}
