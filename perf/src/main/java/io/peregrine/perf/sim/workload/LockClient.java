package io.peregrine.perf.sim.workload;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.LockAction;
import io.peregrine.client.codec.LockReplyDecoder;
import io.peregrine.client.codec.LockStatus;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.RefusalDecoder;
import io.peregrine.client.remote.ClientRules;
import io.peregrine.perf.sim.grid.SimGrid;
import io.peregrine.perf.sim.world.Timeline;
import io.peregrine.perf.sim.world.Violation;
import org.agrona.DirectBuffer;

import java.util.SplittableRandom;

/**
 * Takes locks, waits in line for them, writes as their holder, renews and lets go, at times too late.
 * <pre>
 *   ACQUIRE -> DONE     holds
 *           -> QUEUED   LOOK until it is given, then CONFIRM: a renewal, so that the end is known -> holds
 *   holds: WRITE, RENEW, RELEASE; or does nothing until it holds no longer, and does them then
 * </pre>
 */
public final class LockClient implements Client
{
    private static final long MILLI = 1_000_000;
    private static final long PATIENCE_NS = 2_500 * MILLI;
    private static final long LONGEST_WAIT_NS = 1_000 * MILLI;
    private static final long LONGEST_LEASE_NS = 600 * MILLI;
    private static final long LATE_NS = 12 * MILLI;

    /**
     * What a holder does, by a number below the last one; those below the first mean a write.
     */
    private static final int RENEW = 5;
    private static final int SLEEP = 7;
    private static final int RELEASE = 9;
    private static final int CHOICES = 10;

    private enum Step
    {
        ACQUIRE, LOOK, LEAVE, CONFIRM, WRITE, RENEW, RELEASE
    }

    private final LockLetters letters = new LockLetters();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LockReplyDecoder reply = new LockReplyDecoder();
    private final RefusalDecoder refusal = new RefusalDecoder();
    private final Timeline timeline;
    private final SplittableRandom random;
    private final LockWatch watch;
    private final LockRoad road;
    private final String who;
    private final int partitions;
    private final long thinkNs;
    private LockPlace lock;
    private LockWatch.Hold hold;
    private LockWatch.Before since;
    private LockWatch.Before before;
    private LockLetters.Terms terms;
    private Step step;
    private int target;
    private long pending;
    private long deadlineNs;
    private long sleepUntilNs;
    private boolean isIdle;
    private boolean isToRenew;

    /**
     * @param grid    to ask.
     * @param watch   of what it is told.
     * @param rules   that it goes by.
     * @param number  of the client, from 0.
     * @param thinkNs between two requests.
     */
    public LockClient(
        final SimGrid grid, final LockWatch watch, final ClientRules rules, final int number, final long thinkNs)
    {
        this.timeline = grid.timeline();
        this.random = timeline.newRandom();
        this.watch = watch;
        this.who = "c" + number;
        this.partitions = grid.plan().settings().partitions();
        this.thinkNs = thinkNs;
        this.road = new LockRoad(grid, rules, number, this::onAnswer);
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
        return pending == 0 && hold == null ? 0 : 1;
    }

    private void think()
    {
        if (pending != 0 && timeline.nowNs() > deadlineNs)
        {
            giveUp();
        }
        if (pending == 0 && road.isOpen() && timeline.nowNs() >= sleepUntilNs)
        {
            if (hold == null && !isIdle)
            {
                acquire();
            }
            else if (hold != null)
            {
                useHold();
            }
        }
        timeline.after(1 + random.nextLong(2 * thinkNs), this::think);
    }

    private void acquire()
    {
        lock = watch.lock(random.nextInt(LockWatch.LOCKS));
        since = watch.before(lock);
        final long waiting = random.nextInt(3) == 0 ? 0 : random.nextLong(LONGEST_WAIT_NS);
        terms = new LockLetters.Terms(random.nextLong() | 1, 0, lease(), waiting, false);
        command(Step.ACQUIRE, LockAction.ACQUIRE);
    }

    private void useHold()
    {
        final int choice = isIdle ? RELEASE : isToRenew ? RENEW : random.nextInt(CHOICES);
        final boolean isFresh = random.nextInt(3) == 0;
        if (choice < RENEW)
        {
            target = random.nextInt(partitions);
            before = watch.before(lock, target);
            ask(Step.WRITE, target, letters.write(road.nextId(), lock, hold.fence, target));
        }
        else if (choice < SLEEP)
        {
            isToRenew = false;
            terms = new LockLetters.Terms(terms.holder(), hold.fence, lease(), 0, isFresh);
            watch.renewing(hold, terms.leaseNs());
            command(Step.RENEW, LockAction.RENEW);
        }
        else if (choice < RELEASE)
        {
            isToRenew = random.nextBoolean();
            sleepUntilNs = isToRenew ? hold.endNs - random.nextLong(LATE_NS) :
                timeline.nowNs() + random.nextLong(2 * LONGEST_LEASE_NS);
        }
        else
        {
            terms = new LockLetters.Terms(terms.holder(), hold.fence, 0, 0, false);
            watch.end(hold);
            command(Step.RELEASE, LockAction.RELEASE);
        }
    }

    private long lease()
    {
        return 20 * MILLI + random.nextLong(LONGEST_LEASE_NS);
    }

    private void command(final Step next, final LockAction action)
    {
        before = watch.before(lock);
        ask(next, lock.partition(), letters.command(road.nextId(), lock, action, terms));
    }

    private void ask(final Step next, final int partition, final byte[] bytes)
    {
        step = next;
        pending = road.nextId();
        deadlineNs = timeline.nowNs() + PATIENCE_NS;
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
        if (step == Step.LOOK)
        {
            command(Step.LEAVE, LockAction.LEAVE);
        }
        else
        {
            nothingCame();
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
            watch.written(lock, target, hold.fence, before);
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
                    ask(Step.LOOK, lock.partition(), letters.look(road.nextId(), lock, terms.holder()));
                }
                else if (isDone && step == Step.LOOK)
                {
                    terms = new LockLetters.Terms(terms.holder(), fence, terms.leaseNs(), 0, false);
                    command(Step.CONFIRM, LockAction.RENEW);
                }
                else if (isDone)
                {
                    hold = watch.given(lock, who, fence, terms.leaseNs(), since, before.askedNs());
                }
                break;

            case CONFIRM:
                hold = isDone ? watch.given(lock, who, fence, terms.leaseNs(), since, before.askedNs()) : null;
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
                hold = null;
                break;
        }
    }
}
