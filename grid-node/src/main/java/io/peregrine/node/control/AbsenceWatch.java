package io.peregrine.node.control;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Kept by whoever hosts the control plane and decides for all: notes when each member was heard, and asks for it to be
 * replaced when it was not for too long, and taken in again when it was. A watch that begins, as another host takes
 * over, gives everybody the full time, and takes nobody in who was not heard by it. One thread.
 */
public final class AbsenceWatch
{
    private final long absentAfterNs;
    private final long repeatNs;
    private long[] heardNs = new long[0];
    private long[] lives = new long[0];
    private long[] askedNs = new long[0];
    private boolean[] isAsked = new boolean[0];
    private boolean[] wasHeard = new boolean[0];

    /**
     * @param absentAfterNs without a word until a member is replaced.
     * @param repeatNs      until a command of which nothing is seen is given out again.
     */
    public AbsenceWatch(final long absentAfterNs, final long repeatNs)
    {
        this.absentAfterNs = absentAfterNs;
        this.repeatNs = repeatNs;
    }

    /**
     * @param memberId    that was heard.
     * @param incarnation of it; another life than the one watched is not taken for it.
     * @param nowNs       of the host's monotonic clock.
     */
    public void onHeard(final int memberId, final long incarnation, final long nowNs)
    {
        if (memberId >= 0 && memberId < lives.length && lives[memberId] == incarnation)
        {
            heardNs[memberId] = nowNs;
            wasHeard[memberId] = true;
        }
    }

    /**
     * @param view  of the control plane, as decided so far.
     * @param nowNs of the host's monotonic clock.
     * @return commands that are to be decided now.
     */
    public List<ControlCommand> work(final ControlView view, final long nowNs)
    {
        follow(view, nowNs);
        List<ControlCommand> commands = List.of();
        for (final Member member : view.members())
        {
            final int id = member.id();
            final boolean isAbsent = nowNs - heardNs[id] >= absentAfterNs;
            final MemberStatus wrong = isAbsent ? MemberStatus.LIVE : MemberStatus.ABSENT;
            if (member.status() != wrong || !isAbsent && !wasHeard[id] || member.startId() == Member.NO_START)
            {
                isAsked[id] = false;
            }
            else if (!isAsked[id] || nowNs - askedNs[id] >= repeatNs)
            {
                isAsked[id] = true;
                askedNs[id] = nowNs;
                commands = commands.isEmpty() ? new ArrayList<>() : commands;
                commands.add(new ControlCommand.Absence(id, member.incarnation(), isAbsent));
            }
        }

        return commands;
    }

    private void follow(final ControlView view, final long nowNs)
    {
        final int known = lives.length;
        final int size = view.members().size();
        if (known < size)
        {
            heardNs = Arrays.copyOf(heardNs, size);
            lives = Arrays.copyOf(lives, size);
            askedNs = Arrays.copyOf(askedNs, size);
            isAsked = Arrays.copyOf(isAsked, size);
            wasHeard = Arrays.copyOf(wasHeard, size);
        }
        for (final Member member : view.members())
        {
            final int id = member.id();
            if (lives[id] != member.incarnation())
            {
                lives[id] = member.incarnation();
                heardNs[id] = nowNs;
                isAsked[id] = false;
                wasHeard[id] = false;
            }
        }
    }
}
