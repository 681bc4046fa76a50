package io.peregrine.node.cluster;

import io.peregrine.node.control.ControlCode;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlResult;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Joining;
import io.peregrine.node.control.wire.HostMessage;
import io.peregrine.node.control.wire.MalformedException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What a node says to the control plane and makes of what it hears: who it is, then founding and joining, the commands
 * of others, the state. It takes nothing from a control plane that knows less of the grid than the node does. One
 * thread.
 */
final class MemberLink implements AutoCloseable
{
    private static final long ASK_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long SAVE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long KEPT_NS = TimeUnit.MILLISECONDS.toNanos(1_500);

    private final ClusterSettings settings;
    private final ClusterTimes times;
    private final GridMemory memory;
    private final Joining joining;
    private final Consumer<ControlView> publisher;
    private final HostLink link;
    private final Asks asks = new Asks();
    private final Hellos hellos;
    private final ViewFollower follower = new ViewFollower();
    private final List<Consumer<ControlView>> listeners = new ArrayList<>();
    private final long drawnId = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    private boolean isHeard;
    private long heardNs;
    private long askedNs;
    private long pulledNs;
    private long savedNs;
    private long nowNs = System.nanoTime();
    private ControlView told = ControlView.EMPTY;
    private String trouble = "the control plane was not reached yet";

    /**
     * @param publisher told of each state before the listeners are.
     */
    MemberLink(
        final ClusterSettings settings,
        final ClusterTimes times,
        final GridMemory memory,
        final Joining joining,
        final Consumer<ControlView> publisher)
    {
        this.settings = settings;
        this.times = times;
        this.memory = memory;
        this.joining = joining;
        this.publisher = publisher;
        link = new HostLink(settings, this::onMessage, this::onLeader, Patience.usual());
        hellos = new Hellos(nowNs);
        askedNs = nowNs - ASK_NS;
        pulledNs = nowNs - ASK_NS;
        savedNs = nowNs - SAVE_NS;
    }

    int work(final Path seedDriver, final long now)
    {
        nowNs = now;
        int work = link.work(seedDriver, nowNs);
        if (!link.isOpen())
        {
            isHeard = false;
            trouble = joining.hasEnded() ? trouble :
                "no seed that leads the control plane answers at " + settings.seeds().addresses() + ": more than " +
                "half of the seeds have to run, and to be reached from here; last problem: " + link.problem();
        }
        else if (!isHeard)
        {
            work += hello();
        }
        else
        {
            work += ask();
        }
        work += asks.work(isHeard && link.isOpen(), link::send, nowNs);
        if (asks.silenceNs(nowNs) >= Asks.LOST_NS)
        {
            link.drop(nowNs);
            asks.onSession();
        }
        save(false);
        return work;
    }

    private int hello()
    {
        if (!hellos.isDue(nowNs))
        {
            return 0;
        }

        final boolean isSaid = link.send(new HostMessage.Hello(
            hellos.next(),
            settings.version(),
            memory.gridId(),
            memory.version(),
            settings.node().startId(),
            memory.formerStartId(),
            settings.absentAfterNs(),
            Seeds.hashOf(settings.grid()),
            settings.node().key()));
        if (isSaid)
        {
            hellos.onSaid(nowNs);
        }

        return isSaid ? 1 : 0;
    }

    private int ask()
    {
        if (follower.isWholeWanted() && nowNs - pulledNs >= ASK_NS &&
            link.send(new HostMessage.Pull(follower.view().version())))
        {
            pulledNs = nowNs;
        }
        if (nowNs - askedNs < ASK_NS)
        {
            return 0;
        }

        final ControlView view = follower.view();
        final boolean isFounder = settings.seed() >= 0 && nowNs - heardNs >= times.foundNs();
        final ControlCommand next = view.settings() == null ?
            isFounder ? new ControlCommand.Found(settings.settings(), drawnId) : null : joining.next(view);
        if (next == null)
        {
            return 0;
        }

        askedNs = nowNs;
        asks.add(new Asks.Wish(next, this::onAnswer), nowNs);
        return 1;
    }

    private void onAnswer(final ControlResult result)
    {
        if (result != null && !result.ok())
        {
            trouble = switch (result.code())
            {
                case NAME_TAKEN -> "a node named '" + settings.node().key() + "' is in the grid and alive: give this " +
                    "one another name (setting 'name'), or stop the other; if it has just been killed, this one is " +
                    "taken in within seconds";
                case OTHER_GRID -> "all seeds are empty, but a node remembers a grid: restore a seed's directory, or " +
                    "stop that node and delete its file " + GridMemory.FILE_NAME + ", which gives the old grid up";
                default -> "the control plane refuses this node: " + result.code();
            };
        }
    }

    private void onLeader()
    {
        isHeard = false;
        hellos.onLeader(nowNs);
    }

    private void onMessage(final HostMessage message)
    {
        if (message instanceof HostMessage.Reply reply)
        {
            if (Hellos.isOne(reply.correlation()))
            {
                onHelloReply(reply);
            }
            else
            {
                asks.onReply(reply);
            }
        }
        else if (isHeard)
        {
            onState(message);
        }
    }

    private void onHelloReply(final HostMessage.Reply reply)
    {
        if (isHeard || !hellos.isAsked(reply.correlation()))
        {
            return;
        }
        final boolean isTaken =
            reply.result().code() == ControlCode.OK && memory.accepts(reply.gridId(), reply.result().version());
        if (isTaken && reply.result().number() != settings.seeds().hash(settings.grid()))
        {
            trouble = "this node is told of other seeds than those that lead: " + settings.seeds().addresses() +
                "; set 'seeds' alike on all nodes, in the same order and with the same words for hosts";
        }
        else if (isTaken)
        {
            isHeard = true;
            follower.onSession(reply.result().version());
            pulledNs = nowNs;
            heardNs = nowNs;
            noTrouble();
            askedNs = nowNs - ASK_NS;
            asks.onSession();
        }
        else if (reply.result().code() == ControlCode.OTHER_NAME)
        {
            trouble = "the seeds are those of a grid of another name than '" + settings.grid() + "': correct 'grid', " +
                "or 'seeds'";
        }
        else if (reply.result().code() == ControlCode.OTHER_VERSION)
        {
            trouble = "this node is of version " + settings.version() + ", and the control plane is of version " +
                reply.result().number() + ": run the same release on all nodes of a grid; to change it, stop them all";
        }
        else
        {
            trouble = "this node knows grid " + Long.toHexString(memory.gridId()) + " up to version " +
                memory.version() + ", but the control plane has " + (reply.gridId() == 0 ? "no grid" :
                "grid " + Long.toHexString(reply.gridId()) + " up to version " + reply.result().version()) +
                ": what the seeds hold was lost, is old, or is of another grid. Restore a seed's directory, correct " +
                "'seeds', or delete this node's file " + GridMemory.FILE_NAME + ", which gives the old grid up";
        }
    }

    private void onState(final HostMessage message)
    {
        if (message instanceof HostMessage.Event event)
        {
            follower.onEvent(event);
        }
        else if (message instanceof HostMessage.Piece piece)
        {
            try
            {
                follower.onPiece(piece);
            }
            catch (final MalformedException ex)
            {
                settings.errors().onError(ex);
            }
        }
        publish();
    }

    void learned(final ControlView later)
    {
        if (memory.accepts(later.gridId(), later.version()))
        {
            follower.learned(later);
            publish();
        }
    }

    void listen(final Consumer<ControlView> listener)
    {
        listeners.add(listener);
        tell(listener, told);
    }

    void submit(final Asks.Wish wish)
    {
        asks.add(wish, nowNs);
    }

    private void publish()
    {
        final ControlView view = follower.view();
        if (view.version() > told.version())
        {
            told = view;
            joining.next(view);
            memory.remember(view, joining.self(view) == null ? -1 : settings.node().startId());
            noTrouble();
            publisher.accept(view);
            listeners.forEach(listener -> tell(listener, view));
        }
    }

    private void noTrouble()
    {
        if (joining.hasEnded())
        {
            trouble = "this node was put out of the grid, or another took its name: stop it, and start it anew";
        }
        else if (joining.self(told) != null)
        {
            trouble = null;
        }
    }

    private void tell(final Consumer<ControlView> listener, final ControlView view)
    {
        try
        {
            listener.accept(view);
        }
        catch (final RuntimeException ex)
        {
            settings.errors().onError(ex);
        }
    }

    private void save(final boolean isLast)
    {
        if (isLast || nowNs - savedNs >= SAVE_NS)
        {
            savedNs = nowNs;
            try
            {
                memory.save();
            }
            catch (final IOException ex)
            {
                settings.errors().onError(ex);
            }
        }
    }

    /**
     * @return whether somebody who leads was heard of lately.
     */
    boolean isReachable(final long now)
    {
        return isHeard && link.isOpen() && now - link.keptNs() < KEPT_NS && asks.silenceNs(now) < Asks.SILENCE_NS;
    }

    /**
     * @return what keeps the node from being a member, or from being heard; null where there is nothing.
     */
    String trouble()
    {
        return trouble;
    }

    /**
     * The media driver that the session goes by is gone.
     */
    void lose()
    {
        link.close();
        isHeard = false;
    }

    @Override
    public void close()
    {
        save(true);
        link.close();
        asks.close();
    }
}
