package io.peregrine.node.control;

/**
 * The control plane's state machine. One {@link #apply} for leader, follower, replay and the lone node; what it answers
 * depends on nothing but the commands before. A command that is not decided changes nothing, the version included.
 * <p>
 * One thread at a time. The {@link #view()} may go to any thread, and is the snapshot too.
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

    private final MemberTable members = new MemberTable();
    private final PartitionTable partitions;
    private long version;
    private long timeNs;
    private long gridId;
    private GridSettings settings;
    private StructureTable structures = StructureTable.EMPTY;
    private ControlView view = ControlView.EMPTY;

    /**
     * The state of a grid that is not founded yet.
     */
    public ControlState()
    {
        this(new ControlRules());
    }

    /**
     * @param rules that decisions stand on.
     */
    public ControlState(final ControlRules rules)
    {
        partitions = new PartitionTable(members, rules);
    }

    /**
     * Decide. Grid time never goes back: an earlier time than that of a former command counts as that one.
     *
     * @param command to decide.
     * @param nowNs   grid time of the command, as its host's log has it.
     * @return what was decided.
     */
    public ControlResult apply(final ControlCommand command, final long nowNs)
    {
        final long time = Math.max(timeNs, nowNs);
        final long before = version;
        final ControlResult result = decide(command, time);
        if (version != before)
        {
            timeNs = time;
        }

        return result;
    }

    /**
     * @return what is decided so far; the same object until something changes.
     */
    public ControlView view()
    {
        if (view.version() != version)
        {
            view = new ControlView(
                version,
                timeNs,
                gridId,
                settings,
                members.view(),
                partitions.assignments(),
                partitions.plan(),
                structures);
        }

        return view;
    }

    /**
     * Become what another was.
     *
     * @param snapshot its view.
     */
    public void load(final ControlView snapshot)
    {
        version = snapshot.version();
        timeNs = snapshot.timeNs();
        gridId = snapshot.gridId();
        settings = snapshot.settings();
        members.load(snapshot.members());
        partitions.load(snapshot.assignments(), snapshot.plan());
        structures = snapshot.structures();
        view = snapshot;
    }

    /**
     * @return 64 bits that are equal on every host that applied the same commands.
     */
    public long digest()
    {
        return view().digest();
    }

    private ControlResult decide(final ControlCommand command, final long time)
    {
        if (command instanceof ControlCommand.Found found)
        {
            return found(found);
        }
        if (settings == null)
        {
            return refused(ControlCode.NOT_FOUNDED);
        }
        if (command instanceof ControlCommand.SetCopies copies)
        {
            return setCopies(copies);
        }
        if (command instanceof ControlCommand.Join join)
        {
            return join(join);
        }
        if (command instanceof ControlCommand.Leave leave)
        {
            return status(leave.memberId(), leave.incarnation(), MemberStatus.LEAVING);
        }
        if (command instanceof ControlCommand.Absence absence)
        {
            return absence(absence);
        }
        if (command instanceof ControlCommand.ChangePartitions change)
        {
            return changePartitions(change);
        }
        if (command instanceof ControlCommand.StayAlone alone)
        {
            return stayAlone(alone, time);
        }
        if (command instanceof ControlCommand.DeclareDead dead)
        {
            return declareDead(dead);
        }
        if (command instanceof ControlCommand.AcceptLoss loss)
        {
            final ControlCode code = partitions.acceptLoss(loss, time);
            return code == ControlCode.OK ? decided(loss.expectedEpoch() + 1) : refused(code);
        }
        if (command instanceof ControlCommand.Define define)
        {
            return define(define);
        }

        return drop((ControlCommand.Drop) command);
    }

    private ControlResult found(final ControlCommand.Found command)
    {
        if (settings != null)
        {
            return settings.sameGrid(command.settings()) ? done(0) : refused(ControlCode.SETTINGS_DIFFER);
        }
        if (!command.settings().valid())
        {
            return refused(ControlCode.INVALID);
        }

        settings = command.settings();
        gridId = command.gridId();
        partitions.found(settings.partitions());
        return decided(0);
    }

    private ControlResult setCopies(final ControlCommand.SetCopies command)
    {
        if (!GridSettings.validCopies(command.replicas(), command.minInSync()))
        {
            return refused(ControlCode.INVALID);
        }

        final GridSettings next = settings.withCopies(command.replicas(), command.minInSync());
        if (next.equals(settings))
        {
            return done(0);
        }

        settings = next;
        partitions.onMembers(settings.replicas());
        return decided(0);
    }

    private ControlResult join(final ControlCommand.Join command)
    {
        if (!MemberTable.isValid(command))
        {
            return refused(ControlCode.INVALID);
        }

        final int id = members.find(command.key());
        if (id == MAX_MEMBERS)
        {
            return refused(ControlCode.LIMIT);
        }
        if (id < members.size() && members.get(id).startId() == command.startId())
        {
            return done(id);
        }
        if (members.incarnation(id) != command.after())
        {
            return refused(ControlCode.UNKNOWN);
        }

        members.put(new Member(
            id,
            command.key(),
            command.address(),
            command.weight(),
            command.zone(),
            command.agents(),
            command.startId(),
            version + 1,
            MemberStatus.LIVE,
            0,
            0));
        partitions.onMembers(settings.replicas());
        return decided(id);
    }

    private ControlResult absence(final ControlCommand.Absence command)
    {
        final int id = command.memberId();
        if (!members.isCurrent(id, command.incarnation()))
        {
            return refused(ControlCode.UNKNOWN);
        }
        if (members.get(id).status() == MemberStatus.LEAVING)
        {
            return done(id);
        }

        return status(id, command.incarnation(), command.isAbsent() ? MemberStatus.ABSENT : MemberStatus.LIVE);
    }

    private ControlResult status(final int id, final long incarnation, final MemberStatus status)
    {
        if (!members.isCurrent(id, incarnation))
        {
            return refused(ControlCode.UNKNOWN);
        }
        if (members.get(id).status() == status)
        {
            return done(id);
        }

        members.put(members.get(id).with(status));
        partitions.onMembers(settings.replicas());
        return decided(id);
    }

    private ControlResult changePartitions(final ControlCommand.ChangePartitions command)
    {
        int count = 0;
        ControlCode first = command.changes().isEmpty() ? ControlCode.INVALID : ControlCode.OK;
        for (final Change change : command.changes())
        {
            final ControlCode code = partitions.change(command.proposer(), change);
            count += code == ControlCode.OK ? 1 : 0;
            first = first == ControlCode.OK ? code : first;
        }
        if (count > 0)
        {
            version++;
        }

        return new ControlResult(first, count, version);
    }

    private ControlResult stayAlone(final ControlCommand.StayAlone command, final long time)
    {
        final int id = command.memberId();
        if (!members.isCurrent(id, command.incarnation()))
        {
            return refused(ControlCode.UNKNOWN);
        }

        final long until = time + AloneLease.grantedNs(settings.aloneLeaseNs());
        members.put(members.get(id).alone(until, command.askedAtNs()));
        return decided(id);
    }

    /**
     * The life that ended gives way to one that never begins.
     */
    private ControlResult declareDead(final ControlCommand.DeclareDead command)
    {
        final int id = command.memberId();
        if (!members.isCurrent(id, command.incarnation()))
        {
            return refused(ControlCode.UNKNOWN);
        }

        members.put(members.get(id).dead(version + 1));
        partitions.onMembers(settings.replicas());
        return decided(id);
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
