package io.peregrine.perf.sim.workload;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.Reason;
import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Replica;
import io.peregrine.perf.sim.grid.ControlHost;
import io.peregrine.perf.sim.grid.Letter;
import io.peregrine.perf.sim.grid.Places;
import io.peregrine.perf.sim.grid.SimGrid;
import io.peregrine.perf.sim.world.Message;
import io.peregrine.perf.sim.world.Receiver;
import io.peregrine.perf.sim.world.Timeline;
import io.peregrine.perf.sim.world.Violation;
import io.peregrine.storage.map.MapStore;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A client with its own sessions, that keeps a few reads and a few writes under way. It finds primaries by the latest
 * view that it could get, and asks again with the same number until it is answered or loses its patience. Some ask one
 * node for views, whatever becomes of it.
 */
public final class SimClient implements Receiver, Client
{
    private static final int WIDTH = 3;
    private static final int SCAN_ONE_IN = 40;
    private static final int SMALL = 64;
    private static final int STRAY_ONE_IN = 8;
    private static final long WORK_NS = 10_000_000;
    private static final long AGAIN_NS = 300_000_000;
    private static final long SOON_NS = 15_000_000;
    private static final long SHORT_SESSION_NS = 400_000_000;
    private static final long LONG_SESSION_NS = 20_000_000_000L;

    private final Letters letters = new Letters();
    private final Answers answers = new Answers();
    private final List<Asking> underWay = new ArrayList<>();
    private final SessionBook[] sessions;
    private final SimGrid grid;
    private final Timeline timeline;
    private final SplittableRandom random;
    private final History history;
    private final Chooser chooser;
    private final int number;
    private final long thinkNs;
    private final long sessionNs;
    private final boolean isStaying;
    private final int home;
    private ControlView view;
    private long correlationId;
    private boolean isIdle;

    /**
     * @param grid    to ask.
     * @param history of what it is told.
     * @param keys    to ask about.
     * @param number  of the client, from 0.
     * @param thinkNs between two requests.
     */
    public SimClient(
        final SimGrid grid, final History history, final Keys keys, final int number, final long thinkNs)
    {
        this.grid = grid;
        this.timeline = grid.timeline();
        this.random = timeline.newRandom();
        this.history = history;
        this.number = number;
        this.thinkNs = thinkNs;
        this.sessionNs = random.nextInt(4) == 0 ? SHORT_SESSION_NS : LONG_SESSION_NS;
        this.isStaying = random.nextBoolean();
        this.home = random.nextInt(grid.machines().length);
        this.chooser = new Chooser(timeline, random, keys, "c" + number);
        this.sessions = new SessionBook[grid.plan().settings().partitions()];
        for (int i = 0; i < sessions.length; i++)
        {
            sessions[i] = new SessionBook();
        }
        grid.network().put(place(), this);
        timeline.after(random.nextLong(thinkNs), this::think);
        timeline.after(random.nextLong(WORK_NS), this::work);
    }

    @Override
    public void rest()
    {
        isIdle = true;
    }

    @Override
    public void close()
    {
        rest();
        for (final Asking asking : underWay)
        {
            giveUp(asking);
        }
        underWay.clear();
    }

    @Override
    public int underWay()
    {
        return underWay.size();
    }

    @Override
    public void onMessage(final Message message)
    {
        message.take();
        if (message.payload() instanceof ControlView newer)
        {
            if (view == null || newer.version() > view.version())
            {
                view = newer;
            }
            return;
        }

        final byte[] bytes = (byte[]) message.payload();
        final long id = Answers.correlationId(bytes);
        for (int i = 0; i < underWay.size(); i++)
        {
            if (underWay.get(i).correlationId == id)
            {
                onAnswer(underWay.get(i), bytes, message.from());
                return;
            }
        }
    }

    private int place()
    {
        return Places.FIRST_CLIENT + number;
    }

    private void think()
    {
        if (!isIdle)
        {
            final Asking next = random.nextInt(SCAN_ONE_IN) == 0 ?
                chooser.scan(random.nextInt(sessions.length)) : chooser.next();
            if (underWay.stream().filter((asking) -> asking.isWrite() == next.isWrite()).count() < WIDTH)
            {
                begin(next);
            }
            timeline.after(1 + random.nextLong(2 * thinkNs), this::think);
        }
    }

    private void begin(final Asking asking)
    {
        asking.correlationId = ++correlationId;
        underWay.add(asking);
        send(asking);
    }

    /**
     * What has waited for too long is sent again, or given up.
     */
    private void work()
    {
        final long now = timeline.nowNs();
        for (int i = underWay.size() - 1; i >= 0; i--)
        {
            final Asking asking = underWay.get(i);
            if (now > asking.deadlineNs)
            {
                underWay.remove(i);
                giveUp(asking);
            }
            else if (now >= asking.sentNs + AGAIN_NS && !asking.isPlain || asking.copies == 0)
            {
                refresh();
                send(asking);
            }
        }
        timeline.after(WORK_NS + random.nextLong(WORK_NS), this::work);
    }

    private void refresh()
    {
        final int machine = isStaying && random.nextInt(STRAY_ONE_IN) > 0 ?
            home : random.nextInt(grid.machines().length);
        final long version = view == null ? -1 : view.version();
        grid.network().send(
            place(), machine, Places.CLIENT_CHANNEL, ControlHost.Question.ofClient(version), SMALL, 0);
    }

    private void send(final Asking asking)
    {
        final SessionBook session = sessions[asking.partition];
        final int machine = asking.boundNs > 0 ? anyMachineOf(asking.partition) : machineOf(asking.partition);
        if (machine < 0 || asking.isNumbered() && asking.number == 0 && !mayNumber(session, asking))
        {
            return;
        }

        asking.copies++;
        asking.sentNs = timeline.nowNs();
        final long lowest = asking.isNumbered() ? session.lowestUnanswered() : 0;
        final byte[] bytes = letters.write(asking, lowest, sessionNs);
        if (grid.trace().isRead())
        {
            grid.trace().line("c" + number, "-> n%d %s copy %d", machine, asking, asking.copies);
        }
        final Letter letter = new Letter(asking.partition, bytes);
        grid.network().send(place(), machine, Places.CLIENT_CHANNEL, letter, bytes.length, 0);
    }

    private boolean mayNumber(final SessionBook session, final Asking asking)
    {
        if (session.isOpen())
        {
            session.number(asking);
            return true;
        }
        if (session.opening == null && session.unanswered.isEmpty())
        {
            session.opening = chooser.open(asking.partition);
            begin(session.opening);
        }
        return false;
    }

    private int machineOf(final int partition)
    {
        final int primary = view == null || view.assignments().isEmpty() ?
            Assignment.NO_MEMBER : view.assignments().get(partition).primary();
        return primary == Assignment.NO_MEMBER ? -1 : Places.of(view.members().get(primary));
    }

    private int anyMachineOf(final int partition)
    {
        if (machineOf(partition) < 0)
        {
            return -1;
        }

        final List<Replica> inSync = view.assignments().get(partition).inSync();
        return Places.of(view.members().get(inSync.get(random.nextInt(inSync.size())).memberId()));
    }

    private void onAnswer(final Asking asking, final byte[] bytes, final int from)
    {
        final Answer answer = answers.read(asking, bytes);
        grid.trace().mark(asking.correlationId);
        if (grid.trace().isRead())
        {
            grid.trace().line("c" + number, "<- n%d %s: %s", from, asking, answer);
        }
        if (answer.refusal() != null)
        {
            onRefusal(asking, answer);
            return;
        }

        end(asking);
        if (asking.kind == Asking.Kind.SESSION)
        {
            sessions[asking.partition].opened(answer.next());
            return;
        }

        answer.seen().forEach(chooser::saw);
        history.answered(number, asking, answer);
        if (asking.kind == Asking.Kind.SCAN && answer.next() != MapStore.SCAN_END && !isIdle)
        {
            begin(chooser.page(asking.partition, answer.next(), asking.scan));
        }
    }

    private void onRefusal(final Asking asking, final Answer answer)
    {
        final Reason reason = answer.reason();
        if (reason == Reason.NOT_SERVING || reason == Reason.TOO_MANY_IN_FLIGHT ||
            answer.refusal() == AnswerKind.REFUSED && asking.copies > 1)
        {
            if (answer.refusal() == AnswerKind.UNKNOWN)
            {
                end(asking);
                giveUp(asking);
                return;
            }
            refresh();
            asking.sentNs = timeline.nowNs() - AGAIN_NS + SOON_NS;
            asking.copies = asking.isPlain ? 0 : asking.copies;
        }
        else if (reason == Reason.SESSION_EXPIRED && asking.isWrite())
        {
            sessions[asking.partition].ended(asking.sessionId);
            sessions[asking.partition].forget(asking);
            if (asking.copies == 1)
            {
                asking.copies = 0;
                asking.number = 0;
                return;
            }
            end(asking);
            giveUp(asking);
        }
        else
        {
            end(asking);
            onEnd(asking, answer);
        }
    }

    private void onEnd(final Asking asking, final Answer answer)
    {
        if (answer.refusal() == AnswerKind.UNKNOWN)
        {
            giveUp(asking);
        }
        else if (answer.refusal() == AnswerKind.FAILED)
        {
            throw new Violation("c" + number + " was answered FAILED " + answer.reason() + ": " + asking);
        }
    }

    private void end(final Asking asking)
    {
        underWay.remove(asking);
        sessions[asking.partition].forget(asking);
        if (sessions[asking.partition].opening == asking)
        {
            sessions[asking.partition].opening = null;
        }
    }

    private void giveUp(final Asking asking)
    {
        sessions[asking.partition].forget(asking);
        if (sessions[asking.partition].opening == asking)
        {
            sessions[asking.partition].opening = null;
        }
        if (asking.isWrite() && asking.copies > 0)
        {
            history.unknown(number, asking);
        }
    }
}
