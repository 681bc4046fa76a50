package io.peregrine.node.control.wire;

import io.peregrine.node.codec.MessageHeaderEncoder;
import io.peregrine.node.codec.ViewEncoder;
import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.GridSettings;
import io.peregrine.node.control.Member;
import io.peregrine.node.control.Replica;
import io.peregrine.node.control.StructureDefinition;
import org.agrona.MutableDirectBuffer;

/**
 * Encodes the state of the control plane.
 */
public final class ViewWriter
{
    /**
     * Structures in one group, which cannot have as many as there may be.
     */
    static final int PAGE = 1024;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ViewEncoder encoder = new ViewEncoder();

    /**
     * @param view   to encode.
     * @param buffer to encode it in; grows, or is large enough.
     * @param offset where.
     * @return bytes.
     */
    public int encode(final ControlView view, final MutableDirectBuffer buffer, final int offset)
    {
        final GridSettings settings = view.settings();
        final boolean isFounded = settings != null;
        encoder.wrapAndApplyHeader(buffer, offset, header)
            .stateVersion(view.version())
            .time(view.timeNs())
            .aloneLease(isFounded ? settings.aloneLeaseNs() : 0)
            .partitions(isFounded ? settings.partitions() : 0)
            .replicas(isFounded ? settings.replicas() : 0)
            .minInSync(isFounded ? settings.minInSync() : 0)
            .maxStructures(isFounded ? settings.maxStructures() : 0)
            .maxKeyLength(isFounded ? settings.maxKeyLength() : 0)
            .maxValueLength(isFounded ? settings.maxValueLength() : 0)
            .nextStructureId(view.structures().nextId())
            .founded(Enums.encode(isFounded))
            .reserved1((short) 0)
            .reserved2(0)
            .gridId(view.gridId());
        members(view);
        table(view);
        structures(view);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    private void members(final ControlView view)
    {
        final ViewEncoder.MembersEncoder members = encoder.membersCount(view.members().size());
        for (final Member member : view.members())
        {
            final byte[] key = Texts.encode(member.key());
            final byte[] address = Texts.encode(member.address());
            final byte[] zone = Texts.encode(member.zone());
            members.next()
                .startId(member.startId())
                .incarnation(member.incarnation())
                .aloneUntil(member.aloneUntilNs())
                .aloneAsked(member.aloneAskedNs())
                .weight(member.weight())
                .agents(member.agents())
                .state(Enums.encode(member.status()))
                .reserved1((short) 0)
                .putKey(key, 0, key.length)
                .putAddress(address, 0, address.length)
                .putZone(zone, 0, zone.length);
        }
    }

    private void table(final ControlView view)
    {
        final ViewEncoder.TableEncoder table = encoder.tableCount(view.assignments().size());
        for (int partition = 0; partition < view.assignments().size(); partition++)
        {
            final Assignment assignment = view.assignments().get(partition);
            table.next()
                .epoch((int) assignment.epoch())
                .primary(assignment.primary())
                .losses(assignment.losses())
                .reserved1(0);
            final ViewEncoder.TableEncoder.InSyncEncoder inSync = table.inSyncCount(assignment.inSync().size());
            for (final Replica replica : assignment.inSync())
            {
                inSync.next().incarnation(replica.incarnation()).member(replica.memberId()).reserved2(0);
            }

            final ViewEncoder.TableEncoder.PlanEncoder plan = table.planCount(view.plan().get(partition).size());
            for (final int member : view.plan().get(partition))
            {
                plan.next().planned(member);
            }
        }
    }

    private void structures(final ControlView view)
    {
        final int size = view.structures().size();
        final ViewEncoder.PagesEncoder pages = encoder.pagesCount((size + PAGE - 1) / PAGE);
        for (int from = 0; from < size; from += PAGE)
        {
            final int to = Math.min(size, from + PAGE);
            pages.next().reserved3(0);
            final ViewEncoder.PagesEncoder.StructuresEncoder structures = pages.structuresCount(to - from);
            for (int i = from; i < to; i++)
            {
                final StructureDefinition definition = view.structures().at(i);
                final byte[] name = Texts.encode(definition.name());
                structures.next()
                    .ttl(definition.ttlNs())
                    .maxIdle(definition.maxIdleNs())
                    .structureId(definition.id())
                    .kind(definition.kind().code())
                    .putName(name, 0, name.length);
            }
        }
    }
}
