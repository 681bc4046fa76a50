package io.peregrine.node.cluster;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Publication;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.logbuffer.Header;
import io.peregrine.node.control.ControlCode;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlResult;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Member;
import io.peregrine.node.control.NodeVersion;
import io.peregrine.node.control.wire.HostMessage;
import io.peregrine.node.control.wire.HostReader;
import io.peregrine.node.control.wire.HostWriter;
import io.peregrine.node.control.wire.MalformedException;
import io.peregrine.node.control.wire.ViewWriter;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The host of the control plane as Aeron Cluster runs it on each seed. Its log goes into {@link HostCore}; what comes
 * out goes to the nodes' sessions, where this seed leads. What a session does not take is dropped: the node finds the
 * gap and asks. The container's thread.
 */
final class ControlService implements ClusteredService
{
    private static final int EVENT_ATTEMPTS = 3;
    private static final int PIECE_ATTEMPTS = 250;

    private final HostReader reader = new HostReader();
    private final HostWriter writer = new HostWriter();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[Pieces.MOST_MESSAGE]);
    private final Consumer<ControlView> listener;
    private final long gridName;
    private final long seeds;
    private HostCore core;
    private Cluster cluster;

    /**
     * @param gridName hash of the grid's name.
     * @param seeds    hash of all seeds as they are configured here, which each node that says hello is told.
     * @param listener told of every state, on the container's thread, before anybody else hears of it.
     */
    ControlService(final long gridName, final long seeds, final Consumer<ControlView> listener)
    {
        this.gridName = gridName;
        this.seeds = seeds;
        this.listener = listener;
        core = new HostCore(gridName);
    }

    @Override
    public void onStart(final Cluster host, final Image snapshot)
    {
        cluster = host;
        if (snapshot != null)
        {
            core = new HostCore(gridName, Snapshots.load(snapshot, host.idleStrategy()));
            listener.accept(core.view());
        }
    }

    @Override
    public void onTakeSnapshot(final ExclusivePublication publication)
    {
        Snapshots.take(core.image(), publication, cluster.idleStrategy());
    }

    @Override
    public void onNewLeadershipTermEvent(
        final long leadershipTermId,
        final long logPosition,
        final long timestamp,
        final long termBaseLogPosition,
        final int leaderMemberId,
        final int logSessionId,
        final TimeUnit timeUnit,
        final int appVersion)
    {
        core.onLeader(timestamp);
    }

    @Override
    public void onSessionOpen(final ClientSession session, final long timestamp)
    {
    }

    @Override
    public void onSessionClose(final ClientSession session, final long timestamp, final CloseReason closeReason)
    {
        final long waitNs = core.absentAfterNs(session.id());
        final Member member = core.onClosed(session.id(), timestamp);
        if (member != null)
        {
            cluster.idleStrategy().reset();
            while (!cluster.scheduleTimer(member.id(), timestamp + waitNs))
            {
                cluster.idleStrategy().idle();
            }
        }
    }

    @Override
    public void onTimerEvent(final long correlationId, final long timestamp)
    {
        decideIfAny(core.onAbsent(correlationId), timestamp);
    }

    @Override
    public void onSessionMessage(
        final ClientSession session,
        final long timestamp,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final Header header)
    {
        final HostMessage received = decode(buffer, offset, length);
        if (received == null)
        {
            session.close();
        }
        else if (received instanceof HostMessage.Hello hello)
        {
            onHello(session, hello, timestamp);
        }
        else if (received instanceof HostMessage.Request request)
        {
            final long before = core.view().version();
            final ControlResult result = core.onCommand(session.id(), request.command(), timestamp);
            push(before, request.command());
            reply(session, request.correlation(), result);
        }
        else if (received instanceof HostMessage.Pull pull && pull.version() <= core.view().version())
        {
            sendAll(session);
        }
    }

    @Override
    public void onRoleChange(final Cluster.Role newRole)
    {
    }

    @Override
    public void onTerminate(final Cluster host)
    {
    }

    /**
     * @return the message; null for what is none, or is too long.
     */
    private HostMessage decode(final DirectBuffer buffer, final int offset, final int length)
    {
        try
        {
            return length <= Pieces.MOST_REQUEST ? reader.decode(buffer, offset, length) : null;
        }
        catch (final MalformedException ex)
        {
            return null;
        }
    }

    private void onHello(final ClientSession session, final HostMessage.Hello hello, final long timestamp)
    {
        final ControlCode code = core.onHello(session.id(), hello, timestamp);
        if (code == ControlCode.OK)
        {
            decideIfAny(core.returned(session.id()), timestamp);
        }
        final long number = code == ControlCode.OTHER_VERSION ? NodeVersion.CURRENT : seeds;
        reply(session, hello.correlation(), new ControlResult(code, number, core.view().version()));
        if (code == ControlCode.OK)
        {
            sendAll(session);
        }
    }

    private void decideIfAny(final ControlCommand command, final long timestamp)
    {
        if (command != null)
        {
            final long before = core.view().version();
            core.decide(command, timestamp);
            push(before, command);
        }
    }

    private void push(final long before, final ControlCommand command)
    {
        final ControlView view = core.view();
        if (view.version() != before)
        {
            listener.accept(view);
            final int length = writer.encode(
                new HostMessage.Event(before, view.version(), view.timeNs(), view.digest(), command), message, 0);
            for (final ClientSession session : cluster.clientSessions())
            {
                send(session, length, EVENT_ATTEMPTS);
            }
        }
    }

    private void reply(final ClientSession session, final long correlation, final ControlResult result)
    {
        final HostMessage.Reply reply = new HostMessage.Reply(correlation, core.view().gridId(), result);
        send(session, writer.encode(reply, message, 0), EVENT_ATTEMPTS);
    }

    private void sendAll(final ClientSession session)
    {
        if (cluster.role() != Cluster.Role.LEADER)
        {
            return;
        }

        final ControlView view = core.view();
        final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer();
        final int total = new ViewWriter().encode(view, bytes, 0);
        for (int at = 0; at < total; at += Pieces.LENGTH)
        {
            final byte[] piece = new byte[Math.min(Pieces.LENGTH, total - at)];
            bytes.getBytes(at, piece);
            final int length = writer.encode(new HostMessage.Piece(view.version(), total, at, piece), message, 0);
            if (!send(session, length, PIECE_ATTEMPTS))
            {
                return;
            }
        }
    }

    private boolean send(final ClientSession session, final int length, final int attempts)
    {
        for (int i = 0; i < attempts; i++)
        {
            final long result = session.offer(message, 0, length);
            if (result > 0)
            {
                return true;
            }
            if (result == Publication.CLOSED || result == Publication.NOT_CONNECTED ||
                result == Publication.MAX_POSITION_EXCEEDED)
            {
                return false;
            }
            cluster.idleStrategy().idle();
        }

        return false;
    }
}
