package io.peregrine.node.control;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The control plane's state machine. One {@link #apply} for leader, follower, replay and the lone node; what it answers
 * depends on nothing but the commands before. A command that is not decided changes nothing, the version included.
 * <p>
 * One thread at a time. The {@link #view()} may go to any thread.
 */
public final class ControlState
{
    /**
     * The most nodes that a grid remembers, those that left included.
     */
    public static final int MAX_MEMBERS = 1024;

    /**
     * The highest epoch that fits above a partition's sequence numbers.
     */
    public static final long MAX_EPOCH = (1L << 19) - 1;

    private long version;
    private GridSettings settings;
    private final List<Member> members = new ArrayList<>();
    private Assignment[] assignments = new Assignment[0];
    private StructureTable structures = StructureTable.EMPTY;
    private ControlView view = ControlView.EMPTY;

    /**
     * @param command to decide.
     * @return what was decided.
     */
    public ControlResult apply(final ControlCommand command)
    {
        if (command instanceof ControlCommand.Found found)
        {
            return found(found);
        }
        if (settings == null)
        {
            return refused(ControlCode.NOT_FOUNDED);
        }
        if (command instanceof ControlCommand.Join join)
        {
            return join(join);
        }
        if (command instanceof ControlCommand.Leave leave)
        {
            return leave(leave);
        }
        if (command instanceof ControlCommand.ChangePartition change)
        {
            return changePartition(change);
        }
        if (command instanceof ControlCommand.Define define)
        {
            return define(define);
        }

        return drop((ControlCommand.Drop) command);
    }

    /**
     * @return what is decided so far; the same object until something changes.
     */
    public ControlView view()
    {
        if (view.version() != version)
        {
            view = new ControlView(
                version, settings, List.copyOf(members), List.of(assignments), structures);
        }

        return view;
    }

    /**
     * @return 64 bits that are equal on every host that applied the same commands.
     */
    public long digest()
    {
        return view().digest();
    }

    private ControlResult found(final ControlCommand.Found command)
    {
        if (settings != null)
        {
            return settings.equals(command.settings()) ? done(0) : refused(ControlCode.SETTINGS_DIFFER);
        }
        if (!command.settings().valid())
        {
            return refused(ControlCode.INVALID);
        }

        settings = command.settings();
        assignments = new Assignment[settings.partitions()];
        Arrays.fill(assignments, Assignment.UNPLACED);
        return decided(0);
    }

    private ControlResult join(final ControlCommand.Join command)
    {
        if (command.key().isEmpty() || command.key().length() > StructureTable.MAX_NAME_LENGTH)
        {
            return refused(ControlCode.INVALID);
        }

        int id = 0;
        while (id < members.size() && !members.get(id).key().equals(command.key()))
        {
            id++;
        }
        if (id == MAX_MEMBERS)
        {
            return refused(ControlCode.LIMIT);
        }

        final Member member = new Member(id, command.key(), command.address(), version + 1, true);
        if (id == members.size())
        {
            members.add(member);
        }
        else
        {
            members.set(id, member);
        }

        return decided(id);
    }

    private ControlResult leave(final ControlCommand.Leave command)
    {
        final int id = command.memberId();
        if (!isKnown(id, command.incarnation()))
        {
            return refused(ControlCode.UNKNOWN);
        }

        final Member member = members.get(id);
        if (!member.live())
        {
            return done(id);
        }

        members.set(id, new Member(id, member.key(), member.address(), member.incarnation(), false));
        return decided(id);
    }

    private ControlResult changePartition(final ControlCommand.ChangePartition command)
    {
        if (command.partition() < 0 || command.partition() >= assignments.length)
        {
            return refused(ControlCode.INVALID);
        }

        final Assignment old = assignments[command.partition()];
        if (old.epoch() != command.expectedEpoch())
        {
            return new ControlResult(ControlCode.EPOCH_MOVED, old.epoch(), version);
        }
        if (old.epoch() == MAX_EPOCH)
        {
            return refused(ControlCode.LIMIT);
        }

        final Assignment next = new Assignment(old.epoch() + 1, command.primary(), command.inSync());
        final ControlCode code = check(old, next);
        if (code != ControlCode.OK)
        {
            return refused(code);
        }

        assignments[command.partition()] = next;
        return decided(next.epoch());
    }

    /**
     * Only an in-sync replica becomes primary, and it does so in the life in which it was in sync: so at least one copy
     * that has every acknowledged entry stays in the set, and leads it. A partition that never was placed has no entry
     * to lose.
     */
    private ControlCode check(final Assignment old, final Assignment next)
    {
        final Set<Integer> seen = new HashSet<>();
        for (final Replica replica : next.inSync())
        {
            if (!seen.add(replica.memberId()))
            {
                return ControlCode.INVALID;
            }
            if (!isKnown(replica.memberId(), replica.incarnation()) || !members.get(replica.memberId()).live())
            {
                return ControlCode.UNKNOWN;
            }
        }

        final Replica leader = next.replicaOn(next.primary());
        if (leader == null)
        {
            return ControlCode.INVALID;
        }
        if (old.epoch() > 0 && !old.inSync().contains(leader))
        {
            return ControlCode.UNSAFE;
        }

        return ControlCode.OK;
    }

    private ControlResult define(final ControlCommand.Define command)
    {
        final String name = command.name();
        if (name.isEmpty() || name.length() > StructureTable.MAX_NAME_LENGTH ||
            command.ttlNs() < 0 || command.maxIdleNs() < 0)
        {
            return refused(ControlCode.INVALID);
        }

        final StructureDefinition found = structures.byName(name);
        if (found != null)
        {
            return found.sameAs(command.kind(), command.ttlNs(), command.maxIdleNs()) ?
                done(found.id()) :
                new ControlResult(ControlCode.DEFINED_OTHERWISE, found.id(), version);
        }
        if (structures.size() >= settings.maxStructures() || structures.nextId() > StructureTable.MAX_STRUCTURE_ID)
        {
            return refused(ControlCode.LIMIT);
        }

        final int id = structures.nextId();
        structures = structures.with(
            new StructureDefinition(id, name, command.kind(), command.ttlNs(), command.maxIdleNs()));
        return decided(id);
    }

    private ControlResult drop(final ControlCommand.Drop command)
    {
        final int id = command.structureId();
        if (id <= 0 || id >= structures.nextId())
        {
            return refused(ControlCode.UNKNOWN);
        }

        final StructureDefinition found = structures.byId(id);
        if (found == null)
        {
            return done(id);
        }

        structures = structures.without(found);
        return decided(id);
    }

    private boolean isKnown(final int memberId, final long incarnation)
    {
        return memberId >= 0 && memberId < members.size() && members.get(memberId).incarnation() == incarnation;
    }

    private ControlResult decided(final long number)
    {
        version++;
        return done(number);
    }

    private ControlResult done(final long number)
    {
        return new ControlResult(ControlCode.OK, number, version);
    }

    private ControlResult refused(final ControlCode code)
    {
        return new ControlResult(code, 0, version);
    }
}
