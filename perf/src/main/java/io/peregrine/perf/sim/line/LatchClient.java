package io.peregrine.perf.sim.line;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.LockAction;
import io.peregrine.client.codec.LockReplyDecoder;
import io.peregrine.client.codec.LockStatus;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.RefusalDecoder;
import io.peregrine.client.remote.ClientRules;
import io.peregrine.perf.sim.grid.SimGrid;
import io.peregrine.perf.sim.workload.Client;
import io.peregrine.perf.sim.workload.CoreRoad;
import io.peregrine.perf.sim.world.Timeline;
import io.peregrine.perf.sim.world.Violation;
import org.agrona.DirectBuffer;

import java.util.SplittableRandom;

/**
 * Counts latches down and waits for them.
 * <pre>
 *   COUNT    -> what is left
 *   ARRIVE   -> DONE     it is open
 *            -> QUEUED   LOOK until it is; where that takes long, COUNT or LEAVE, and LOOK again
 * </pre>
 * When all rest it goes on until nobody waits any more.
 */
public final class LatchClient implements Client
{
    private static final long MILLI = 1_000_000;
    private static final long PATIENCE_NS = 1_500 * MILLI;
    private static final long WAIT_NS = 60_000 * MILLI;
    private static final int COUNTS_OF_FIVE = 3;
    private static final int MOST_UNHEARD = 4;

    private enum Step
    {
        COUNT, ARRIVE, LOOK, LEAVE
    }

    private final LineLetters letters = new LineLetters();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LockReplyDecoder reply = new LockReplyDecoder();
    private final RefusalDecoder refusal = new RefusalDecoder();
    private final Timeline timeline;
    private final SplittableRandom random;
    private final LatchWatch watch;
    private final CoreRoad road;
    private final String who;
    private final long thinkNs;
    private LatchWatch.Latch latch;
    private LatchWatch.Latch awaited;
    private LatchWatch.Before before;
    private LineLetters.Terms terms;
    private Step step;
    private long pending;
    private long deadlineNs;
    private int unheard;
    private boolean isIdle;

    /**
     * @param grid    to ask.
     * @param watch   of what it is told.
     * @param rules   that it goes by.
     * @param number  of the client, from 0.
     * @param thinkNs between two requests.
     */
    public LatchClient(
        final SimGrid grid, final LatchWatch watch, final ClientRules rules, final int number, final long thinkNs)
    {
        this.timeline = grid.timeline();
        this.random = timeline.newRandom();
        this.watch = watch;
        this.who = "c" + number;
        this.thinkNs = thinkNs;
        this.road = CoreRoad.narrow(grid, rules, number, this::onAnswer);
        road.open();
        timeline.after(random.nextLong(thinkNs), this::think);
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
    }

    @Override
    public int underWay()
    {
        return pending == 0 && awaited == null ? 0 : 1;
    }

    private void think()
    {
        if (pending != 0 && timeline.nowNs() > deadlineNs)
        {
            giveUp();
        }
        if (pending == 0 && road.isOpen())
        {
            if (awaited != null)
            {
                stay();
            }
            else if (!isIdle)
            {
                begin();
            }
            else if (watch.awaited() != null)
            {
                count(watch.awaited());
            }
        }
        timeline.after(1 + random.nextLong(2 * thinkNs), this::think);
    }

    private void begin()
    {
        final int index = random.nextInt(LatchWatch.LATCHES);
        final LatchWatch.Latch next =
            random.nextInt(4) == 0 ? watch.previous(index) : watch.current(index);
        if (random.nextInt(5) < COUNTS_OF_FIVE)
        {
            count(next);
        }
        else
        {
            terms = new LineLetters.Terms(random.nextLong() | 1, 0, 0, WAIT_NS, false, 0);
            awaited = next;
            watch.waiting(next, 1);
            arrive();
        }
    }

    private void count(final LatchWatch.Latch of)
    {
        latch = of;
        before = watch.before(latch);
        watch.counting(latch);
        ask(Step.COUNT, letters.command(road.nextId(), latch.place, LockAction.COUNT_DOWN,
            new LineLetters.Terms(0, 0, 0, 0, false, 0)));
    }

    private void arrive()
    {
        latch = awaited;
        before = watch.before(latch);
        ask(Step.ARRIVE, letters.command(road.nextId(), latch.place, LockAction.ACQUIRE, terms));
    }

    private void look()
    {
        latch = awaited;
        before = watch.before(latch);
        ask(Step.LOOK, letters.look(road.nextId(), latch.place, terms.holder()));
    }

    /**
     * It waits, and nothing has come: the one that would have counted may wait too. Where all rest, all of them may,
     * so that they mostly count.
     */
    private void stay()
    {
        if (isIdle && unheard > MOST_UNHEARD)
        {
            throw new Violation(who + " waits for " + awaited.place + ", which is open, and is not woken");
        }
        final int choice = random.nextInt(4);
        if (awaited.isLost() || !isIdle && choice == 0)
        {
            latch = awaited;
            ask(Step.LEAVE, letters.command(road.nextId(), latch.place, LockAction.LEAVE, terms));
        }
        else if (!awaited.isOpen() && (isIdle ? choice > 0 : choice == 1))
        {
            count(awaited);
        }
        else
        {
            look();
        }
    }

    private void ask(final Step next, final byte[] bytes)
    {
        step = next;
        pending = road.nextId();
        deadlineNs = timeline.nowNs() + PATIENCE_NS;
        if (!road.commit(latch.place.partition(), bytes))
        {
            pending = 0;
            if (step == Step.COUNT)
            {
                watch.refused(latch);
            }
        }
    }

    private void giveUp()
    {
        road.abandon(pending);
        pending = 0;
        unheard = step == Step.LOOK && before.isOpen() ? unheard + 1 : 0;
        if (step == Step.LEAVE)
        {
            waitNoLonger();
        }
    }

    private void waitNoLonger()
    {
        watch.waiting(awaited, -1);
        awaited = null;
        unheard = 0;
    }

    private void onAnswer(final long id, final DirectBuffer answer)
    {
        if (id != pending)
        {
            throw new Violation(who + " was given an answer to nothing that it asks: " + id);
        }
        pending = 0;
        header.wrap(answer, 0);
        if (header.templateId() == RefusalDecoder.TEMPLATE_ID)
        {
            refusal.wrapAndApplyHeader(answer, 0, header);
            onRefusal(refusal.kind(), Reason.get(refusal.reasonRaw()));
        }
        else
        {
            reply.wrapAndApplyHeader(answer, 0, header);
            onReply(reply.status(), reply.fence());
        }
    }

    private void onRefusal(final AnswerKind kind, final Reason reason)
    {
        if (kind == AnswerKind.FAILED)
        {
            throw new Violation(who + " was answered FAILED " + reason + " at " + step);
        }
        if (step == Step.COUNT && kind == AnswerKind.REFUSED)
        {
            watch.refused(latch);
        }
        else if (step == Step.LEAVE)
        {
            waitNoLonger();
        }
    }

    private void onReply(final LockStatus status, final long left)
    {
        switch (step)
        {
            case COUNT:
                if (status != LockStatus.DONE)
                {
                    throw new Violation(who + " counts " + latch.place + " down and is answered " + status);
                }
                watch.counted(latch, left, before);
                break;

            case ARRIVE, LOOK:
                if (status == LockStatus.DONE)
                {
                    watch.passed(latch, step == Step.LOOK);
                    waitNoLonger();
                }
                else
                {
                    onClosed(status);
                }
                break;

            default:
                waitNoLonger();
                break;
        }
    }

    /**
     * In line; or in none any more, as the time to wait is over or the session has ended.
     */
    private void onClosed(final LockStatus status)
    {
        watch.closed(latch, before);
        if (status == LockStatus.QUEUED)
        {
            look();
        }
        else if (latch.isLost())
        {
            waitNoLonger();
        }
        else
        {
            arrive();
        }
    }
}
