package io.peregrine.node.control.wire;

import io.peregrine.node.codec.AbsenceEncoder;
import io.peregrine.node.codec.AcceptLossEncoder;
import io.peregrine.node.codec.ChangePartitionsEncoder;
import io.peregrine.node.codec.DeclareDeadEncoder;
import io.peregrine.node.codec.DefineEncoder;
import io.peregrine.node.codec.DropEncoder;
import io.peregrine.node.codec.FoundEncoder;
import io.peregrine.node.codec.JoinEncoder;
import io.peregrine.node.codec.LeaveEncoder;
import io.peregrine.node.codec.MessageHeaderEncoder;
import io.peregrine.node.codec.SetCopiesEncoder;
import io.peregrine.node.codec.StayAloneEncoder;
import io.peregrine.node.control.Change;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.GridSettings;
import io.peregrine.node.control.Replica;
import org.agrona.MutableDirectBuffer;

/**
 * Encodes commands to the control plane.
 */
public final class CommandWriter
{
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    /**
     * @param command to encode.
     * @param buffer  to encode it in; grows, or is large enough.
     * @param offset  where.
     * @return bytes.
     */
    public int encode(final ControlCommand command, final MutableDirectBuffer buffer, final int offset)
    {
        return MessageHeaderEncoder.ENCODED_LENGTH + encoded(command, buffer, offset);
    }

    private int encoded(
        final ControlCommand command, final MutableDirectBuffer buffer, final int offset)
    {
        if (command instanceof ControlCommand.ChangePartitions change)
        {
            return changePartitions(change, buffer, offset);
        }
        if (command instanceof ControlCommand.StayAlone alone)
        {
            return new StayAloneEncoder().wrapAndApplyHeader(buffer, offset, header)
                .incarnation(alone.incarnation())
                .askedAt(alone.askedAtNs())
                .member(alone.memberId())
                .reserved1(0)
                .encodedLength();
        }
        if (command instanceof ControlCommand.Absence absence)
        {
            return new AbsenceEncoder().wrapAndApplyHeader(buffer, offset, header)
                .incarnation(absence.incarnation())
                .member(absence.memberId())
                .absent(Enums.encode(absence.isAbsent()))
                .reserved1((short) 0)
                .reserved2(0)
                .encodedLength();
        }
        if (command instanceof ControlCommand.Join join)
        {
            return join(join, buffer, offset);
        }
        if (command instanceof ControlCommand.Leave leave)
        {
            return new LeaveEncoder().wrapAndApplyHeader(buffer, offset, header)
                .incarnation(leave.incarnation())
                .member(leave.memberId())
                .reserved1(0)
                .encodedLength();
        }
        if (command instanceof ControlCommand.DeclareDead dead)
        {
            return new DeclareDeadEncoder().wrapAndApplyHeader(buffer, offset, header)
                .incarnation(dead.incarnation())
                .member(dead.memberId())
                .reserved1(0)
                .encodedLength();
        }

        return ofGrid(command, buffer, offset);
    }

    private int ofGrid(
        final ControlCommand command, final MutableDirectBuffer buffer, final int offset)
    {
        if (command instanceof ControlCommand.Found found)
        {
            return found(found, buffer, offset);
        }
        if (command instanceof ControlCommand.SetCopies copies)
        {
            return new SetCopiesEncoder().wrapAndApplyHeader(buffer, offset, header)
                .replicas(copies.replicas())
                .minInSync(copies.minInSync())
                .encodedLength();
        }
        if (command instanceof ControlCommand.AcceptLoss loss)
        {
            return new AcceptLossEncoder().wrapAndApplyHeader(buffer, offset, header)
                .expectedEpoch(loss.expectedEpoch())
                .partition(loss.partition())
                .reserved1(0)
                .encodedLength();
        }
        if (command instanceof ControlCommand.Define define)
        {
            final byte[] name = Texts.encode(define.name());
            return new DefineEncoder().wrapAndApplyHeader(buffer, offset, header)
                .ttl(define.ttlNs())
                .maxIdle(define.maxIdleNs())
                .kind(define.kind().code())
                .reserved1(0)
                .putName(name, 0, name.length)
                .encodedLength();
        }

        return new DropEncoder().wrapAndApplyHeader(buffer, offset, header)
            .structureId(((ControlCommand.Drop) command).structureId())
            .reserved1(0)
            .encodedLength();
    }

    private int found(
        final ControlCommand.Found found, final MutableDirectBuffer buffer, final int offset)
    {
        final GridSettings settings = found.settings();
        return new FoundEncoder().wrapAndApplyHeader(buffer, offset, header)
            .aloneLease(settings.aloneLeaseNs())
            .partitions(settings.partitions())
            .replicas(settings.replicas())
            .minInSync(settings.minInSync())
            .maxStructures(settings.maxStructures())
            .maxKeyLength(settings.maxKeyLength())
            .maxValueLength(settings.maxValueLength())
            .gridId(found.gridId())
            .encodedLength();
    }

    private int join(
        final ControlCommand.Join join, final MutableDirectBuffer buffer, final int offset)
    {
        final byte[] key = Texts.encode(join.key());
        final byte[] address = Texts.encode(join.address());
        final byte[] zone = Texts.encode(join.zone());
        return new JoinEncoder().wrapAndApplyHeader(buffer, offset, header)
            .startId(join.startId())
            .after(join.after())
            .weight(join.weight())
            .agents(join.agents())
            .putKey(key, 0, key.length)
            .putAddress(address, 0, address.length)
            .putZone(zone, 0, zone.length)
            .encodedLength();
    }

    private int changePartitions(
        final ControlCommand.ChangePartitions command, final MutableDirectBuffer buffer, final int offset)
    {
        final ChangePartitionsEncoder encoder = new ChangePartitionsEncoder()
            .wrapAndApplyHeader(buffer, offset, header)
            .incarnation(command.proposer().incarnation())
            .member(command.proposer().memberId())
            .reserved1(0);
        final ChangePartitionsEncoder.ChangesEncoder changes = encoder.changesCount(command.changes().size());
        for (final Change change : command.changes())
        {
            changes.next()
                .expectedEpoch(change.expectedEpoch())
                .partition(change.partition())
                .primary(change.primary());
            final ChangePartitionsEncoder.ChangesEncoder.InSyncEncoder inSync =
                changes.inSyncCount(change.inSync().size());
            for (final Replica replica : change.inSync())
            {
                inSync.next().incarnation(replica.incarnation()).member(replica.memberId()).reserved2(0);
            }
        }

        return encoder.encodedLength();
    }
}
