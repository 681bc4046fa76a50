package io.peregrine.node.cluster;

import io.peregrine.node.control.ControlView;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A seed's part of the control plane through all its lives: finds out how it stands, gets back what it lost from the
 * others, takes part, and begins again when that broke. One thread.
 */
final class SeedHost implements AutoCloseable
{
    private static final long AGAIN_NS = TimeUnit.SECONDS.toNanos(1);

    /**
     * A seed that takes part goes on with such a part of the room that it begins with.
     */
    private static final int LEAST_PART = 4;

    /**
     * After so many failures in a row it is not chance any more.
     */
    private static final int FEW_FAILURES = 3;

    private final ClusterSettings settings;
    private final ClusterTimes times;
    private final SeedFiles files;
    private final SeedTalk talk;
    private SeedStack stack;
    private Restoring restoring;
    private SeedUpkeep upkeep;
    private boolean isDown = true;
    private boolean isWithoutRoom;
    private boolean isChecked;
    private int failures;
    private long againNs = System.nanoTime();
    private long roomNs = againNs;
    private volatile String trouble = "the control plane begins here";
    private volatile long gridId;

    SeedHost(final ClusterSettings settings, final ClusterTimes times)
    {
        this.settings = settings;
        this.times = times;
        files = new SeedFiles(settings.directory(), settings.version());
        talk = new SeedTalk(settings, files);
    }

    /**
     * @return directory of the media driver; null while there is none.
     */
    Path driver()
    {
        return stack == null ? null : Path.of(stack.driverDirectory());
    }

    /**
     * @return whether this seed takes no part for want of room on its disk; its node can be a plain member meanwhile.
     */
    boolean isWithoutRoom()
    {
        return isWithoutRoom;
    }

    /**
     * @return what keeps this seed from taking part; null where it does.
     */
    String trouble()
    {
        return trouble;
    }

    /**
     * A file that is mapped and finds no room on its disk is an internal error of the JVM, and this goes on after it.
     */
    int work(final long nowNs)
    {
        try
        {
            return move(nowNs);
        }
        catch (final RuntimeException | InternalError ex)
        {
            settings.errors().onError(ex);
            fail(nowNs, "the control plane's part here failed (" + ex.getMessage() + ") and begins anew");
            return 1;
        }
    }

    private int move(final long nowNs)
    {
        int work = talk.work(gridId, stack == null ? null : stack.module(), nowNs);
        if (isDown)
        {
            if (nowNs - againNs >= 0)
            {
                work += isOfOtherVersion(nowNs) ? 1 : beginWithRoom(nowNs);
            }
        }
        else if (stack.isBroken())
        {
            fail(nowNs, "the control plane's part here broke (" + stack.lastFault() + ") and begins anew");
            work++;
        }
        else if (isDiskFull(nowNs))
        {
            end(nowNs - AGAIN_NS, "the disk of " + settings.directory() + " is full, and this seed's part ends");
            settings.errors().onError(new IllegalStateException(trouble));
            work++;
        }
        else if (stack.module() != null)
        {
            work += upkeep.work(nowNs);
            failures = upkeep.isActive() ? 0 : failures;
        }
        else
        {
            work += prepare(nowNs);
        }

        return work;
    }

    /**
     * A log of another version could be applied to another end here.
     */
    private boolean isOfOtherVersion(final long nowNs)
    {
        final long version = files.standing() == Standing.BLANK ? settings.version() : files.version();
        if (version == settings.version())
        {
            return false;
        }

        trouble = "this seed takes no part: what " + files.root() + (version == SeedFiles.UNREADABLE ?
            " holds does not say of which version it is" + ifDamaged() :
            " holds is of version " + version + ", and this node of version " + settings.version() +
            ": start a node of that version there, or give the old grid up, and delete that directory of all seeds " +
            "and " + GridMemory.FILE_NAME + " of all nodes");
        againNs = nowNs + AGAIN_NS;
        return true;
    }

    /**
     * Where room was missing, the next cycle begins: the node gives up the driver that it had meanwhile before that.
     */
    private int beginWithRoom(final long nowNs)
    {
        final long room = files.room();
        final boolean hasWaited = isWithoutRoom;
        isWithoutRoom = room < times.roomBytes();
        if (isWithoutRoom)
        {
            trouble = String.format("this seed does not take part: the disk of %s has %,d KB free, and it needs %,d: " +
                "make room; it goes on by itself then", settings.directory(), room >> 10, times.roomBytes() >> 10);
            againNs = nowNs + AGAIN_NS;
        }
        else if (!hasWaited)
        {
            begin();
        }
        return 1;
    }

    /**
     * It is looked at before it is quite full: then nothing is torn, and what closes its files can do so.
     */
    private boolean isDiskFull(final long nowNs)
    {
        if (nowNs - roomNs < AGAIN_NS)
        {
            return false;
        }

        roomNs = nowNs;
        return files.room() < times.roomBytes() / LEAST_PART;
    }

    private void begin()
    {
        if (files.standing() == Standing.BLANK)
        {
            files.clear();
        }
        stack = new SeedStack(settings, files);
        isDown = false;
    }

    private int prepare(final long nowNs)
    {
        if (restoring != null)
        {
            if (restoring.isDone(talk.leaderCommit()))
            {
                restoring.close();
                restoring = null;
                files.mark(Standing.MEMBER);
                end(nowNs - AGAIN_NS, "this seed begins with what it got from the one that leads");
            }
            return 1;
        }

        if (talk.isAStrangerInTheWay())
        {
            trouble = talk.trouble();
            return 0;
        }
        if (!talk.hasListened())
        {
            return 0;
        }

        final Standing standing = files.standing();
        if (standing == Standing.MEMBER && !isChecked)
        {
            check(nowNs);
            return isChecked ? 1 : 0;
        }
        if (standing != Standing.BLANK || talk.areAllBlank())
        {
            if (standing == Standing.BLANK)
            {
                files.mark(Standing.FORMING);
            }
            join(nowNs);
            return 1;
        }

        trouble = talk.trouble();
        if (talk.isThereALeader())
        {
            trouble = "this seed has nothing, and gets the control plane's state from the one that leads";
            restoring = new Restoring(settings, stack, files);
        }
        return 0;
    }

    /**
     * Files that lack what this seed once told as committed are of an older copy of them: a vote by them could undo
     * decisions. Asked of the seeds that answer, once they are more than half: before that nobody can lead anyway.
     */
    private void check(final long nowNs)
    {
        if (!talk.isMajorityHeard())
        {
            trouble = "this seed waits until more than half of the seeds answer: start them";
            return;
        }

        final long known = talk.knownCommit();
        final long end = stack.logEnd();
        if (known > 0 && end < known)
        {
            files.setAside();
            end(nowNs - AGAIN_NS, "what this seed holds is older than what it held: it is set aside, and the " +
                "state is got from the one that leads");
            settings.errors().onError(new IllegalStateException(trouble));
        }
        else if (end == 0)
        {
            throw new IllegalStateException("there is no log, and there was one");
        }
        else
        {
            isChecked = true;
        }
    }

    private void join(final long nowNs)
    {
        stack.join(
            new ControlService(Seeds.hashOf(settings.grid()), settings.seeds().hash(settings.grid()), this::onView),
            times);
        upkeep = new SeedUpkeep(settings, stack, files, times, nowNs);
        trouble = null;
    }

    /**
     * The container's thread. From the first grid on that is seen, what is here must not be taken for nothing.
     */
    private void onView(final ControlView view)
    {
        if (gridId != view.gridId())
        {
            files.mark(Standing.MEMBER);
            gridId = view.gridId();
        }
    }

    private void fail(final long nowNs, final String why)
    {
        failures++;
        end(nowNs, failures < FEW_FAILURES ? why : why + ", for the time " + failures + ifDamaged());
    }

    private String ifDamaged()
    {
        return ": if what " + files.root() + " holds is damaged, stop this node, move that directory away and start " +
            "the node again" + (settings.seeds().count() == 1 ? " with a copy of it from before" :
            "; while more than half of the seeds run, it gets the state from the one that leads");
    }

    private void end(final long nowNs, final String why)
    {
        trouble = why;
        if (restoring != null)
        {
            restoring.close();
            restoring = null;
        }
        upkeep = null;
        if (stack != null)
        {
            stack.close();
            stack = null;
        }
        isDown = true;
        againNs = nowNs + AGAIN_NS;
    }

    /**
     * @return what takes part here; null while nothing does.
     */
    SeedUpkeep upkeep()
    {
        return upkeep;
    }

    /**
     * @return whether another seed has told of a commit position that is the present one of this seed.
     */
    boolean isCommitTold()
    {
        return stack != null && stack.module() != null &&
            talk.knownCommit() == stack.module().context().commitPositionCounter().get();
    }

    @Override
    public void close()
    {
        end(System.nanoTime(), "closed");
        talk.close();
    }
}
