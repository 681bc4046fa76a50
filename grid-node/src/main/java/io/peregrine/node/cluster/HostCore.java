package io.peregrine.node.cluster;

import io.peregrine.node.control.ControlCode;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlResult;
import io.peregrine.node.control.ControlState;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Member;
import io.peregrine.node.control.MemberStatus;
import io.peregrine.node.control.NodeVersion;
import io.peregrine.node.control.wire.HostImage;
import io.peregrine.node.control.wire.HostMessage;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the host of the control plane decides with: the grid's state, and which nodes have a session. Everything comes
 * from the log, so that all hosts know and decide the same. Pure; one thread.
 * <p>
 * A grid is not founded beside a node that remembers one, and a node of another version, or one that remembers more of
 * the grid than there is here, or another grid, is not heard. A name goes from one life of a node to the next only when
 * the former one has no session any more, or when the next one proves by what it remembers that it is over.
 */
final class HostCore
{
    private final ControlState state = new ControlState();
    private final SortedMap<Long, HostMessage.Hello> sessions;
    private final GridTime time;
    private final long gridName;

    /**
     * A host that knows nothing.
     *
     * @param gridName hash of the grid's name; all hosts are configured alike.
     */
    HostCore(final long gridName)
    {
        this(gridName, new HostImage(0, 0, new TreeMap<>(), ControlView.EMPTY));
    }

    HostCore(final long gridName, final HostImage image)
    {
        this.gridName = gridName;
        state.load(image.view());
        sessions = new TreeMap<>(image.sessions());
        time = new GridTime(image.timeNs(), image.lastStamp());
    }

    HostImage image()
    {
        return new HostImage(time.timeNs(), time.lastStamp(), new TreeMap<>(sessions), state.view());
    }

    ControlView view()
    {
        return state.view();
    }

    void onLeader(final long stamp)
    {
        time.onLeader(stamp);
    }

    /**
     * @return {@link ControlCode#OK} if the node is heard from now on.
     */
    ControlCode onHello(final long session, final HostMessage.Hello hello, final long stamp)
    {
        time.onStamp(stamp);
        if (hello.nodeVersion() != NodeVersion.CURRENT)
        {
            sessions.remove(session);
            return ControlCode.OTHER_VERSION;
        }
        if (hello.gridName() != gridName)
        {
            sessions.remove(session);
            return ControlCode.OTHER_NAME;
        }

        final ControlView view = state.view();
        final boolean remembers = hello.gridId() != 0;
        if (view.gridId() != 0 && remembers && (hello.gridId() != view.gridId() || hello.version() > view.version()))
        {
            sessions.remove(session);
            return ControlCode.OTHER_GRID;
        }

        sessions.put(session, hello);
        return ControlCode.OK;
    }

    /**
     * @return what follows from it that a node is heard: a command that is to be decided, or null.
     */
    ControlCommand returned(final long session)
    {
        final Member member = member(sessions.get(session));
        return member != null && member.status() == MemberStatus.ABSENT ?
            new ControlCommand.Absence(member.id(), member.incarnation(), false) : null;
    }

    ControlResult onCommand(final long session, final ControlCommand command, final long stamp)
    {
        if (!sessions.containsKey(session))
        {
            return refused(ControlCode.OTHER_GRID);
        }
        if (command instanceof ControlCommand.Found && state.view().gridId() == 0 &&
            sessions.values().stream().anyMatch(hello -> hello.gridId() != 0))
        {
            return refused(ControlCode.OTHER_GRID);
        }
        if (command instanceof ControlCommand.Join join && isTaken(sessions.get(session), join))
        {
            return refused(ControlCode.NAME_TAKEN);
        }

        return decide(command, stamp);
    }

    ControlResult decide(final ControlCommand command, final long stamp)
    {
        return state.apply(command, time.onStamp(stamp));
    }

    /**
     * @return the member that is not heard any more with this; null where there is none.
     */
    Member onClosed(final long session, final long stamp)
    {
        time.onStamp(stamp);
        final Member member = member(sessions.remove(session));
        return member == null || isHeard(member) ? null : member;
    }

    /**
     * @return how long that member is waited for before it is replaced, in nanoseconds.
     */
    long absentAfterNs(final long session)
    {
        final HostMessage.Hello hello = sessions.get(session);
        return hello == null ? Long.MAX_VALUE : hello.absentAfterNs();
    }

    /**
     * The time for which a member is waited for is over.
     *
     * @return a command that is to be decided, or null.
     */
    ControlCommand onAbsent(final long memberId)
    {
        final ControlView view = state.view();
        if (memberId < 0 || memberId >= view.members().size())
        {
            return null;
        }

        final Member member = view.members().get((int) memberId);
        return member.status() == MemberStatus.LIVE && !isHeard(member) ?
            new ControlCommand.Absence(member.id(), member.incarnation(), true) : null;
    }

    private boolean isTaken(final HostMessage.Hello hello, final ControlCommand.Join join)
    {
        for (final Member member : state.view().members())
        {
            if (member.key().equals(join.key()))
            {
                return member.startId() != join.startId() && isHeard(member) &&
                    !(hello.key().equals(join.key()) && hello.formerStartId() == member.startId());
            }
        }

        return false;
    }

    private boolean isHeard(final Member member)
    {
        return sessions.values().stream().anyMatch(hello -> isLife(hello, member));
    }

    private Member member(final HostMessage.Hello hello)
    {
        if (hello != null)
        {
            for (final Member member : state.view().members())
            {
                if (isLife(hello, member))
                {
                    return member;
                }
            }
        }

        return null;
    }

    private static boolean isLife(final HostMessage.Hello hello, final Member member)
    {
        return hello.startId() == member.startId() && hello.key().equals(member.key());
    }

    private ControlResult refused(final ControlCode code)
    {
        return new ControlResult(code, 0, state.view().version());
    }
}
