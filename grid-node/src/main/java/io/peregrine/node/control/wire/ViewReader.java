package io.peregrine.node.control.wire;

import io.peregrine.node.codec.MessageHeaderDecoder;
import io.peregrine.node.codec.ViewDecoder;
import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlState;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.GridSettings;
import io.peregrine.node.control.Member;
import io.peregrine.node.control.MemberStatus;
import io.peregrine.node.control.Replica;
import io.peregrine.node.control.StructureDefinition;
import io.peregrine.node.control.StructureKind;
import io.peregrine.node.control.StructureTable;
import io.peregrine.node.control.placement.Seat;
import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decodes the state of the control plane, and takes none that it cannot have.
 */
public final class ViewReader
{
    private final ViewDecoder decoder = new ViewDecoder();
    private Bounds bounds;

    /**
     * @param buffer with the message.
     * @param offset of its header.
     * @param length of all.
     * @return the state.
     * @throws MalformedException where there is none.
     */
    public ControlView decode(final DirectBuffer buffer, final int offset, final int length) throws MalformedException
    {
        bounds = new Bounds(buffer, offset, length);
        final MessageHeaderDecoder header = bounds.header(offset);
        Bounds.check(
            header.templateId() == ViewDecoder.TEMPLATE_ID && header.blockLength() >= ViewDecoder.BLOCK_LENGTH,
            "not a state of the control plane");
        decoder.wrapAndApplyHeader(buffer, offset, header);
        final GridSettings settings = settings();
        final long version = decoder.stateVersion();
        final long time = decoder.time();
        final long gridId = decoder.gridId();
        final int nextStructure = decoder.nextStructureId();
        final List<Member> members = members(version);
        final List<Assignment> assignments = new ArrayList<>();
        final List<List<Integer>> plan = new ArrayList<>();
        table(settings == null ? 0 : settings.partitions(), members.size(), assignments, plan);
        final StructureTable structures = structures(nextStructure, settings == null ? 0 : settings.maxStructures());
        Bounds.check(
            version >= 0 && time >= 0 && (settings != null || members.isEmpty()), "members of no grid");
        return new ControlView(
            version,
            time,
            gridId,
            settings,
            List.copyOf(members),
            List.copyOf(assignments),
            List.copyOf(plan),
            structures);
    }

    private GridSettings settings() throws MalformedException
    {
        if (!Enums.flag(decoder.foundedRaw()))
        {
            return null;
        }

        final GridSettings settings = new GridSettings(
            decoder.partitions(),
            decoder.replicas(),
            decoder.minInSync(),
            decoder.maxStructures(),
            decoder.maxKeyLength(),
            decoder.maxValueLength(),
            decoder.aloneLease());
        Bounds.check(settings.valid(), "settings that no grid can have");
        return settings;
    }

    private List<Member> members(final long version) throws MalformedException
    {
        bounds.group(
            decoder.limit(), ViewDecoder.MembersDecoder.sbeBlockLength(), ControlState.MAX_MEMBERS);
        final ViewDecoder.MembersDecoder group = decoder.members();
        final int count = group.count();
        final List<Member> members = new ArrayList<>(count);
        final Set<String> keys = new HashSet<>();
        for (int id = 0; id < count; id++)
        {
            bounds.element(decoder.limit(), group.actingBlockLength());
            final Member member = member(id, group.next());
            Bounds.check(
                keys.add(member.key()) && !member.key().isEmpty() &&
                    member.weight() >= 1 && member.weight() <= Seat.MAX_WEIGHT &&
                    member.agents() >= 1 && member.agents() <= Member.MAX_AGENTS &&
                    member.startId() >= Member.NO_START &&
                    member.incarnation() > 0 && member.incarnation() <= version,
                "a member that no grid can have");
            members.add(member);
        }

        return members;
    }

    private Member member(final int id, final ViewDecoder.MembersDecoder group) throws MalformedException
    {
        final long startId = group.startId();
        final long incarnation = group.incarnation();
        final long aloneUntil = group.aloneUntil();
        final long aloneAsked = group.aloneAsked();
        final int weight = group.weight();
        final int agents = group.agents();
        final MemberStatus status = Enums.status(group.stateRaw());
        final String key = bounds.text(decoder.limit());
        group.skipKey();
        final String address = bounds.text(decoder.limit());
        group.skipAddress();
        final String zone = bounds.text(decoder.limit());
        group.skipZone();
        return new Member(
            id, key, address, weight, zone, agents, startId, incarnation, status, aloneUntil, aloneAsked);
    }

    private void table(
        final int partitions,
        final int members,
        final List<Assignment> assignments,
        final List<List<Integer>> plan) throws MalformedException
    {
        bounds.group(decoder.limit(), ViewDecoder.TableDecoder.sbeBlockLength(), partitions);
        final ViewDecoder.TableDecoder table = decoder.table();
        Bounds.check(table.count() == partitions, "a table of " + table.count() + " partitions");
        for (int partition = 0; partition < partitions; partition++)
        {
            bounds.element(decoder.limit(), table.actingBlockLength());
            table.next();
            final int epoch = table.epoch();
            final int primary = table.primary();
            final int losses = table.losses();
            final Assignment assignment = new Assignment(epoch, primary, inSync(table, members), losses);
            final boolean isLed = assignment.replicaOn(assignment.primary()) != null;
            final boolean isUnplaced = assignment.epoch() == 0 && assignment.primary() == Assignment.NO_MEMBER &&
                assignment.inSync().isEmpty() && assignment.losses() == 0;
            Bounds.check(
                isUnplaced || isLed && assignment.epoch() > 0 && assignment.epoch() <= ControlState.MAX_EPOCH &&
                    assignment.losses() >= 0 && assignment.losses() < assignment.epoch(),
                "an assignment that no partition can have");
            assignments.add(assignment);
            plan.add(plan(table, members));
        }
    }

    private List<Replica> inSync(final ViewDecoder.TableDecoder table, final int members) throws MalformedException
    {
        bounds.group(decoder.limit(), ViewDecoder.TableDecoder.InSyncDecoder.sbeBlockLength(), members);
        final ViewDecoder.TableDecoder.InSyncDecoder group = table.inSync();
        final int count = group.count();
        final List<Replica> replicas = new ArrayList<>(count);
        final Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < count; i++)
        {
            bounds.element(decoder.limit(), group.actingBlockLength());
            group.next();
            Bounds.check(
                isMember(group.member(), members) && seen.add(group.member()) && group.incarnation() > 0,
                "a replica on no member");
            replicas.add(new Replica(group.member(), group.incarnation()));
        }

        return replicas;
    }

    private List<Integer> plan(final ViewDecoder.TableDecoder table, final int members) throws MalformedException
    {
        bounds.group(
            decoder.limit(), ViewDecoder.TableDecoder.PlanDecoder.sbeBlockLength(), GridSettings.MAX_REPLICAS);
        final ViewDecoder.TableDecoder.PlanDecoder group = table.plan();
        final int count = group.count();
        final List<Integer> plan = new ArrayList<>(count);
        for (int i = 0; i < count; i++)
        {
            bounds.element(decoder.limit(), group.actingBlockLength());
            group.next();
            Bounds.check(
                isMember(group.planned(), members) && !plan.contains(group.planned()), "a plan for no member");
            plan.add(group.planned());
        }

        return List.copyOf(plan);
    }

    private StructureTable structures(final int nextId, final int most) throws MalformedException
    {
        bounds.group(decoder.limit(), ViewDecoder.PagesDecoder.sbeBlockLength(), most);
        final ViewDecoder.PagesDecoder pages = decoder.pages();
        final int count = pages.count();
        final List<StructureDefinition> definitions = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            bounds.element(decoder.limit(), pages.actingBlockLength());
            page(pages.next(), definitions);
            Bounds.check(definitions.size() <= most, "more structures than there may be");
        }

        final StructureTable table = StructureTable.of(definitions, nextId);
        Bounds.check(table != null, "structures that cannot be together");
        return table;
    }

    private void page(final ViewDecoder.PagesDecoder page, final List<StructureDefinition> definitions)
        throws MalformedException
    {
        bounds.group(
            decoder.limit(), ViewDecoder.PagesDecoder.StructuresDecoder.sbeBlockLength(), ViewWriter.PAGE);
        final ViewDecoder.PagesDecoder.StructuresDecoder group = page.structures();
        final int count = group.count();
        for (int i = 0; i < count; i++)
        {
            bounds.element(decoder.limit(), group.actingBlockLength());
            group.next();
            final int id = group.structureId();
            final StructureKind kind = Enums.kind(group.kind());
            final long ttl = group.ttl();
            final long maxIdle = group.maxIdle();
            final String name = bounds.text(decoder.limit());
            group.skipName();
            Bounds.check(!name.isEmpty() && ttl >= 0 && maxIdle >= 0, "a structure that cannot be");
            definitions.add(new StructureDefinition(id, name, kind, ttl, maxIdle));
        }
    }

    private static boolean isMember(final int id, final int members)
    {
        return id >= 0 && id < members;
    }
}
