package io.peregrine.node.control.wire;

import io.peregrine.node.codec.AbsenceDecoder;
import io.peregrine.node.codec.AcceptLossDecoder;
import io.peregrine.node.codec.ChangePartitionsDecoder;
import io.peregrine.node.codec.DeclareDeadDecoder;
import io.peregrine.node.codec.DefineDecoder;
import io.peregrine.node.codec.DropDecoder;
import io.peregrine.node.codec.FoundDecoder;
import io.peregrine.node.codec.JoinDecoder;
import io.peregrine.node.codec.LeaveDecoder;
import io.peregrine.node.codec.MessageHeaderDecoder;
import io.peregrine.node.codec.SetCopiesDecoder;
import io.peregrine.node.codec.StayAloneDecoder;
import io.peregrine.node.control.Change;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlState;
import io.peregrine.node.control.GridSettings;
import io.peregrine.node.control.Replica;
import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.List;

/**
 * Decodes commands to the control plane. Whether what a command asks for makes sense is for the control plane to say.
 */
public final class CommandReader
{
    private static final int UNKNOWN = Integer.MAX_VALUE;

    private Bounds bounds;
    private DirectBuffer buffer;
    private int offset;
    private MessageHeaderDecoder header;

    /**
     * @param messages with the command.
     * @param at       where its header is.
     * @param length   of all.
     * @return the command.
     * @throws MalformedException where there is none.
     */
    public ControlCommand decode(final DirectBuffer messages, final int at, final int length)
        throws MalformedException
    {
        bounds = new Bounds(messages, at, length);
        header = bounds.header(at);
        buffer = messages;
        offset = at;
        Bounds.check(header.blockLength() >= blockLength(header.templateId()), "not a command");
        switch (header.templateId())
        {
            case ChangePartitionsDecoder.TEMPLATE_ID:
                return changePartitions();
            case StayAloneDecoder.TEMPLATE_ID:
                final StayAloneDecoder alone = new StayAloneDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new ControlCommand.StayAlone(alone.member(), alone.incarnation(), alone.askedAt());
            case AbsenceDecoder.TEMPLATE_ID:
                final AbsenceDecoder absence = new AbsenceDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new ControlCommand.Absence(
                    absence.member(), absence.incarnation(), Enums.flag(absence.absentRaw()));
            case JoinDecoder.TEMPLATE_ID:
                return join();
            case LeaveDecoder.TEMPLATE_ID:
                final LeaveDecoder leave = new LeaveDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new ControlCommand.Leave(leave.member(), leave.incarnation());
            case DeclareDeadDecoder.TEMPLATE_ID:
                final DeclareDeadDecoder dead = new DeclareDeadDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new ControlCommand.DeclareDead(dead.member(), dead.incarnation());
            default:
                return ofGrid();
        }
    }

    private ControlCommand ofGrid() throws MalformedException
    {
        switch (header.templateId())
        {
            case FoundDecoder.TEMPLATE_ID:
                return found();
            case SetCopiesDecoder.TEMPLATE_ID:
                final SetCopiesDecoder copies = new SetCopiesDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new ControlCommand.SetCopies(copies.replicas(), copies.minInSync());
            case AcceptLossDecoder.TEMPLATE_ID:
                final AcceptLossDecoder loss = new AcceptLossDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new ControlCommand.AcceptLoss(loss.partition(), loss.expectedEpoch());
            case DefineDecoder.TEMPLATE_ID:
                final DefineDecoder define = new DefineDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new ControlCommand.Define(
                    bounds.text(define.limit()), Enums.kind(define.kind()), define.ttl(), define.maxIdle());
            default:
                final DropDecoder drop = new DropDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new ControlCommand.Drop(drop.structureId());
        }
    }

    private ControlCommand found()
    {
        final FoundDecoder found = new FoundDecoder().wrapAndApplyHeader(buffer, offset, header);
        return new ControlCommand.Found(new GridSettings(
            found.partitions(),
            found.replicas(),
            found.minInSync(),
            found.maxStructures(),
            found.maxKeyLength(),
            found.maxValueLength(),
            found.aloneLease()), found.gridId());
    }

    private ControlCommand join() throws MalformedException
    {
        final JoinDecoder join = new JoinDecoder().wrapAndApplyHeader(buffer, offset, header);
        final String key = bounds.text(join.limit());
        join.skipKey();
        final String address = bounds.text(join.limit());
        join.skipAddress();
        final String zone = bounds.text(join.limit());
        return new ControlCommand.Join(
            key, address, join.weight(), zone, join.agents(), join.startId(), join.after());
    }

    private ControlCommand changePartitions() throws MalformedException
    {
        final ChangePartitionsDecoder command =
            new ChangePartitionsDecoder().wrapAndApplyHeader(buffer, offset, header);
        final Replica proposer = new Replica(command.member(), command.incarnation());
        bounds.group(
            command.limit(), ChangePartitionsDecoder.ChangesDecoder.sbeBlockLength(), GridSettings.MAX_PARTITIONS);
        final ChangePartitionsDecoder.ChangesDecoder group = command.changes();
        final int count = group.count();
        final List<Change> changes = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            bounds.element(command.limit(), group.actingBlockLength());
            group.next();
            changes.add(new Change(
                group.partition(), group.expectedEpoch(), group.primary(), inSync(command, group)));
        }

        return new ControlCommand.ChangePartitions(proposer, changes);
    }

    private List<Replica> inSync(
        final ChangePartitionsDecoder command, final ChangePartitionsDecoder.ChangesDecoder change)
        throws MalformedException
    {
        bounds.group(
            command.limit(),
            ChangePartitionsDecoder.ChangesDecoder.InSyncDecoder.sbeBlockLength(),
            ControlState.MAX_MEMBERS);
        final ChangePartitionsDecoder.ChangesDecoder.InSyncDecoder group = change.inSync();
        final int count = group.count();
        final List<Replica> replicas = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            bounds.element(command.limit(), group.actingBlockLength());
            group.next();
            replicas.add(new Replica(group.member(), group.incarnation()));
        }

        return replicas;
    }

    private static int blockLength(final int templateId)
    {
        return switch (templateId)
        {
            case ChangePartitionsDecoder.TEMPLATE_ID -> ChangePartitionsDecoder.BLOCK_LENGTH;
            case StayAloneDecoder.TEMPLATE_ID -> StayAloneDecoder.BLOCK_LENGTH;
            case AbsenceDecoder.TEMPLATE_ID -> AbsenceDecoder.BLOCK_LENGTH;
            case JoinDecoder.TEMPLATE_ID -> JoinDecoder.BLOCK_LENGTH;
            case LeaveDecoder.TEMPLATE_ID -> LeaveDecoder.BLOCK_LENGTH;
            case DeclareDeadDecoder.TEMPLATE_ID -> DeclareDeadDecoder.BLOCK_LENGTH;
            case FoundDecoder.TEMPLATE_ID -> FoundDecoder.BLOCK_LENGTH;
            case SetCopiesDecoder.TEMPLATE_ID -> SetCopiesDecoder.BLOCK_LENGTH;
            case AcceptLossDecoder.TEMPLATE_ID -> AcceptLossDecoder.BLOCK_LENGTH;
            case DefineDecoder.TEMPLATE_ID -> DefineDecoder.BLOCK_LENGTH;
            case DropDecoder.TEMPLATE_ID -> DropDecoder.BLOCK_LENGTH;
            default -> UNKNOWN;
        };
    }
}
