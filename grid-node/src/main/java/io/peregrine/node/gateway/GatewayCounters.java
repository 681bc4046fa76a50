package io.peregrine.node.gateway;

import io.peregrine.transport.codec.DenialReason;
import io.peregrine.transport.link.LinkTally;
import io.peregrine.transport.monitor.CounterType;
import io.peregrine.transport.monitor.NodeFile;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * What the gateway of one data agent shows in the node's mapped file. Shown now and then, so that counting costs
 * nothing on the way of a request. On the data agent's thread.
 */
public final class GatewayCounters
{
    private static final DenialReason[] REASONS = {
        DenialReason.VERSION, DenialReason.GRID_NAME, DenialReason.TOO_MANY, DenialReason.NOT_READY,
        DenialReason.MALFORMED, DenialReason.TOO_SLOW, DenialReason.SILENT
    };
    private static final CounterType[] DENIED = {
        CounterType.DENIED_VERSION, CounterType.DENIED_GRID, CounterType.DENIED_TOO_MANY,
        CounterType.DENIED_NOT_READY, CounterType.DENIED_MALFORMED, CounterType.DENIED_TOO_SLOW,
        CounterType.DENIED_SILENT
    };

    private final Gateway gateway;
    private final LinkTally links;
    private final AtomicCounter[] denied = new AtomicCounter[REASONS.length];
    private final AtomicCounter framesDropped;
    private final AtomicCounter clients;
    private final AtomicCounter opened;
    private final AtomicCounter rejected;
    private final AtomicCounter bad;
    private final AtomicCounter requests;
    private final AtomicCounter refused;
    private final AtomicCounter waiting;
    private final AtomicCounter delayed;
    private final AtomicCounter answersDropped;
    private final AtomicCounter piecesDropped;
    private final AtomicCounter foreign;

    /**
     * The counters of one gateway.
     *
     * @param file    that they are shown in.
     * @param agent   number of the data agent.
     * @param gateway with a network.
     */
    public GatewayCounters(final NodeFile file, final int agent, final Gateway gateway)
    {
        this.gateway = gateway;
        links = gateway.linkTally();
        framesDropped = file.newCounter(CounterType.FRAMES_DROPPED, agent);
        clients = file.newCounter(CounterType.CLIENTS, agent);
        opened = file.newCounter(CounterType.CLIENTS_OPENED, agent);
        rejected = file.newCounter(CounterType.CLIENTS_REJECTED, agent);
        for (int i = 0; i < REASONS.length; i++)
        {
            denied[i] = file.newCounter(DENIED[i], agent);
        }
        bad = file.newCounter(CounterType.MESSAGES_BAD, agent);
        requests = file.newCounter(CounterType.REMOTE_REQUESTS, agent);
        refused = file.newCounter(CounterType.REMOTE_REFUSED, agent);
        waiting = file.newCounter(CounterType.ANSWERS_WAITING, agent);
        delayed = file.newCounter(CounterType.ANSWERS_DELAYED, agent);
        answersDropped = file.newCounter(CounterType.ANSWERS_DROPPED, agent);
        piecesDropped = file.newCounter(CounterType.PIECES_DROPPED, agent);
        foreign = file.newCounter(CounterType.SESSIONS_FOREIGN, agent);
    }

    /**
     * Show what was counted so far.
     */
    public void show()
    {
        final GatewayTally tally = gateway.tally();
        framesDropped.setRelease(gateway.dropped());
        clients.setRelease(links.open());
        opened.setRelease(links.opened());
        rejected.setRelease(links.rejected());
        for (int i = 0; i < REASONS.length; i++)
        {
            denied[i].setRelease(links.denied(REASONS[i]));
        }
        bad.setRelease(links.badMessages() + tally.badMessages());
        requests.setRelease(tally.requests());
        refused.setRelease(tally.refused());
        waiting.setRelease(tally.waiting());
        delayed.setRelease(tally.answersDelayed());
        answersDropped.setRelease(tally.answersDropped());
        piecesDropped.setRelease(tally.droppedPieces());
        foreign.setRelease(tally.foreignSessions());
    }
}
