package io.peregrine.perf.sim.line;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.LockAction;
import io.peregrine.client.codec.LockKind;
import io.peregrine.client.codec.LockReplyDecoder;
import io.peregrine.client.codec.LockStatus;
import io.peregrine.client.codec.MapReplyDecoder;
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

import java.util.List;
import java.util.SplittableRandom;

/**
 * Takes locks or permits, waits in line for them, writes as holder of a lock, renews and lets go, at times too late.
 * <pre>
 *   ACQUIRE -> DONE     holds
 *           -> QUEUED   LOOK until it is given: holds, where the look was asked lately; else CONFIRM, a renewal, so
 *                       that the end is known -> holds; asked again often, so that some of it comes after the entry
 *                       that gives it
 *   holds: WRITE, RENEW, RELEASE; or does nothing until it holds no longer, and does them then
 * </pre>
 * When all rest it takes each of them once more, a semaphore with all of its permits: nothing is held for ever.
 */
public final class HolderClient implements Client
{
    private static final long MILLI = 1_000_000;
    private static final long PATIENCE_NS = 2_500 * MILLI;
    private static final long LONGEST_LOOK_NS = 60 * MILLI;
    private static final long LONGEST_WAIT_NS = 1_000 * MILLI;
    private static final long LONGEST_LEASE_NS = 600 * MILLI;
    private static final long LATE_NS = 12 * MILLI;
    private static final long LAST_NS = 15_000 * MILLI;
    private static final int LATELY = 8;

    /**
     * What a holder does, by a number below the last one; those below the first mean a write with a lock.
     */
    private static final int RENEW = 5;
    private static final int SLEEP = 7;
    private static final int RELEASE = 9;
    private static final int CHOICES = 10;

    private enum Step
    {
        ACQUIRE, LOOK, LEAVE, CONFIRM, WRITE, RENEW, RELEASE
    }

    private final LineLetters letters = new LineLetters();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LockReplyDecoder reply = new LockReplyDecoder();
    private final MapReplyDecoder number = new MapReplyDecoder();
    private final RefusalDecoder refusal = new RefusalDecoder();
    private final Timeline timeline;
    private final SplittableRandom random;
    private final HoldWatch watch;
    private final CoreRoad road;
    private final String who;
    private final int partitions;
    private final LockKind kind;
    private final int first;
    private final List<LinePlace> places;
    private final long thinkNs;
    private LinePlace place;
    private HoldWatch.Hold hold;
    private HoldWatch.Before since;
    private HoldWatch.Before before;
    private LineLetters.Terms terms;
    private Step step;
    private int target;
    private long pending;
    private long deadlineNs;
    private long sleepUntilNs;
    private long ticket;
    private long restNs;
    private int taken;
    private boolean isIdle;
    private boolean isLast;
    private boolean isToRenew;

    /**
     * @param grid    to ask.
     * @param watch   of what it is told.
     * @param rules   that it goes by.
     * @param kind    LOCK or SEMAPHORE.
     * @param number  of the client, from 0.
     * @param thinkNs between two requests.
     */
    public HolderClient(
        final SimGrid grid,
        final HoldWatch watch,
        final ClientRules rules,
        final LockKind kind,
        final int number,
        final long thinkNs)
    {
        this.kind = kind;
        this.first = kind == LockKind.LOCK ? 0 : RENEW;
        this.places = watch.places(kind);
        this.timeline = grid.timeline();
        this.random = timeline.newRandom();
        this.watch = watch;
        this.who = "c" + number;
        this.partitions = grid.plan().settings().partitions();
        this.thinkNs = thinkNs;
        this.road = CoreRoad.narrow(grid, rules, number, this::onAnswer);
        road.open();
        timeline.after(random.nextLong(thinkNs), this::think);
    }

    @Override
    public void rest()
    {
        isIdle = true;
        restNs = timeline.nowNs();
    }

    @Override
    public void close()
    {
        rest();
    }

    @Override
    public int underWay()
    {
        return pending == 0 && hold == null && taken == places.size() ? 0 : 1;
    }

    private void think()
    {
        if (pending != 0 && timeline.nowNs() > deadlineNs)
        {
            giveUp();
        }
        if (pending == 0 && road.isOpen() && timeline.nowNs() >= sleepUntilNs)
        {
            if (hold == null && taken < places.size())
            {
                acquire();
            }
            else if (hold != null)
            {
                useHold();
            }
        }
        if (isIdle && underWay() != 0 && timeline.nowNs() - restNs > LAST_NS)
        {
            throw new Violation(place + " is held for ever: " + who + " does not get it when all others rest");
        }
        timeline.after(1 + random.nextLong(2 * thinkNs), this::think);
    }

    private void acquire()
    {
        isLast = isIdle;
        place = places.get(isIdle ? taken : random.nextInt(places.size()));
        since = watch.before(place);
        final long waiting = random.nextInt(3) == 0 ? 0 : random.nextLong(LONGEST_WAIT_NS);
        final int permits = isIdle || kind == LockKind.LOCK ? place.total() : 1 + random.nextInt(place.total());
        terms = new LineLetters.Terms(random.nextLong() | 1, 0, lease(), waiting, false, permits);
        ticket = 0;
        command(Step.ACQUIRE, LockAction.ACQUIRE);
    }

    private void useHold()
    {
        final int choice = isIdle ? RELEASE : isToRenew ? RENEW : first + random.nextInt(CHOICES - first);
        final boolean isFresh = random.nextInt(3) == 0;
        if (choice < RENEW)
        {
            target = random.nextInt(partitions);
            before = watch.writing(place, target);
            ask(Step.WRITE, target, letters.number(road.nextId(), place, hold.fence, target));
        }
        else if (choice < SLEEP)
        {
            isToRenew = false;
            terms = terms.with(hold.fence, lease(), isFresh && kind == LockKind.LOCK);
            watch.renewing(hold, terms.leaseNs());
            command(Step.RENEW, LockAction.RENEW);
        }
        else if (choice < RELEASE)
        {
            sleep(random.nextBoolean());
        }
        else
        {
            terms = terms.with(hold.fence, 0, false);
            watch.end(hold);
            command(Step.RELEASE, LockAction.RELEASE);
        }
    }

    private void sleep(final boolean untilItsEnd)
    {
        isToRenew = untilItsEnd;
        sleepUntilNs = untilItsEnd ? hold.endNs - random.nextLong(LATE_NS) :
            timeline.nowNs() + random.nextLong(2 * LONGEST_LEASE_NS);
    }

    private long lease()
    {
        return 20 * MILLI + random.nextLong(LONGEST_LEASE_NS);
    }

    private void command(final Step next, final LockAction action)
    {
        before = watch.before(place);
        ask(next, place.partition(), letters.command(road.nextId(), place, action, terms));
    }

    private void look()
    {
        before = watch.before(place);
        ask(Step.LOOK, place.partition(), letters.look(road.nextId(), place, terms.holder()));
    }

    private void ask(final Step next, final int partition, final byte[] bytes)
    {
        step = next;
        pending = road.nextId();
        deadlineNs = timeline.nowNs() + (step == Step.LOOK ? random.nextLong(LONGEST_LOOK_NS) : PATIENCE_NS);
        if (!road.commit(partition, bytes))
        {
            pending = 0;
            nothingCame();
        }
    }

    private void giveUp()
    {
        road.abandon(pending);
        pending = 0;
        if (step != Step.LOOK)
        {
            nothingCame();
        }
        else if (timeline.nowNs() - since.askedNs() < PATIENCE_NS)
        {
            look();
        }
        else
        {
            command(Step.LEAVE, LockAction.LEAVE);
        }
    }

    /**
     * Whether what was asked happened is not known: a lease of which the fence may be another now is as good as over.
     */
    private void nothingCame()
    {
        if (step != Step.WRITE)
        {
            hold = null;
            isToRenew = false;
        }
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
        else if (header.templateId() == LockReplyDecoder.TEMPLATE_ID)
        {
            reply.wrapAndApplyHeader(answer, 0, header);
            onLock(reply.status(), reply.fence());
        }
        else
        {
            number.wrapAndApplyHeader(answer, 0, header);
            watch.written(place, target, hold.fence, number.number(), before);
        }
    }

    private void onRefusal(final AnswerKind kind, final Reason reason)
    {
        if (kind == AnswerKind.FAILED && (reason != Reason.STALE_FENCE || step != Step.WRITE))
        {
            throw new Violation(who + " was answered FAILED " + reason + " at " + step);
        }
        if (reason == Reason.STALE_FENCE)
        {
            watch.refused(hold);
            hold = null;
        }
        else if (step == Step.LOOK)
        {
            command(Step.LEAVE, LockAction.LEAVE);
        }
        else if (kind == AnswerKind.UNKNOWN || step == Step.RELEASE || step == Step.CONFIRM)
        {
            nothingCame();
        }
    }

    private void onLock(final LockStatus status, final long fence)
    {
        final boolean isDone = status == LockStatus.DONE;
        switch (step)
        {
            case ACQUIRE, LOOK:
                if (status == LockStatus.QUEUED)
                {
                    ticket = ticket == 0 ? fence : ticket;
                    look();
                }
                else if (isDone)
                {
                    given(fence, reply.remaining());
                }
                break;

            case CONFIRM:
                if (isDone)
                {
                    hold(fence, before.askedNs());
                }
                break;

            case RENEW:
                if (isDone)
                {
                    watch.renewed(hold, fence, terms.isFresh(), terms.leaseNs(), before);
                }
                else
                {
                    watch.lost(hold);
                    hold = null;
                }
                break;

            default:
                letGo(isDone);
                break;
        }
    }

    /**
     * Who was woken knows what remained when its look was asked, or less. That holds however late the answer comes: so
     * of two one counts on it, and on all of it.
     */
    private void given(final long fence, final long remaining)
    {
        final long leaseNs = terms.leaseNs();
        terms = terms.with(fence, leaseNs, false);
        if (step == Step.ACQUIRE)
        {
            hold(fence, before.askedNs());
            return;
        }
        final long fromNs = before.askedNs() + remaining - leaseNs;
        final boolean isTrusting = random.nextBoolean();
        if (!isTrusting && timeline.nowNs() - fromNs > leaseNs / LATELY)
        {
            command(Step.CONFIRM, LockAction.RENEW);
            return;
        }
        hold(fence, fromNs);
        if (isTrusting && hold != null)
        {
            sleep(true);
        }
    }

    private void hold(final long fence, final long fromNs)
    {
        final HoldWatch.Given told = new HoldWatch.Given(terms.permits(), ticket == 0 ? fence : ticket, fence);
        hold = watch.given(place, who, told, terms.leaseNs(), since, fromNs);
        taken += isLast ? 1 : 0;
    }

    private void letGo(final boolean isDone)
    {
        if (step == Step.RELEASE && !isDone)
        {
            watch.lost(hold);
        }
        hold = null;
    }
}
