package io.peregrine.node.control;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Random commands, with the rules that hold always checked after each, and the log replayed at the end.
 */
class ControlStateReplayTest
{
    private static final int COMMANDS = 4_000;
    private static final int PARTITIONS = 4;

    private final Random random = new Random();
    private ControlState state = new ControlState();
    private final Set<Integer> everDropped = new HashSet<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldHoldRulesAndReplayToSameDigest(final long seed)
    {
        final List<ControlCommand> log = run(seed);

        ControlState replayed = new ControlState();
        for (int i = 0; i < COMMANDS; i++)
        {
            if (i == COMMANDS / 2)
            {
                final ControlView snapshot = replayed.view();
                replayed = new ControlState();
                replayed.load(snapshot);
            }
            replayed.apply(log.get(i), i);
        }
        assertEquals(state.digest(), replayed.digest());
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindAFaultInTheRules(final FaultyRules fault)
    {
        for (long seed = 1; seed <= 10; seed++)
        {
            state = new ControlState(fault.rules);
            everDropped.clear();
            try
            {
                run(seed);
            }
            catch (final AssertionError found)
            {
                return;
            }
        }

        throw new IllegalStateException("nobody finds " + fault);
    }

    private List<ControlCommand> run(final long seed)
    {
        random.setSeed(seed);
        final List<ControlCommand> log = new ArrayList<>();
        for (int i = 0; i < COMMANDS; i++)
        {
            final ControlView before = state.view();
            final long digest = state.digest();
            final ControlCommand command = command(before);
            log.add(command);
            final ControlResult result = state.apply(command, i);
            assertEquals(result.version(), state.view().version());
            assertEquals(digest, before.digest(), "a view changed after it was given out");
            if (state.view().version() == before.version())
            {
                assertEquals(digest, state.digest(), "an undecided command changed something: " + command);
            }
            check(before, state.view());
            checkDecision(before, command, i);
        }

        return log;
    }

    private ControlCommand command(final ControlView view)
    {
        final int member = random.nextInt(6);
        final long life = member < view.members().size() && random.nextInt(10) > 0 ?
            view.members().get(member).incarnation() : random.nextInt((int) view.version() + 2);
        switch (random.nextInt(14))
        {
            case 0:
                return new ControlCommand.Found(new GridSettings(PARTITIONS, 2, 1, 5, 100, 100, 100));
            case 1:
                return join(view);
            case 2:
                return new ControlCommand.Leave(member, life);
            case 3:
                return new ControlCommand.Drop(random.nextInt(view.structures().nextId() + 1));
            case 4:
                return new ControlCommand.Define(
                    "map" + random.nextInt(8), StructureKind.MAP, random.nextInt(2), random.nextInt(2));
            case 5:
                return new ControlCommand.Absence(member, life, random.nextBoolean());
            case 6:
                return new ControlCommand.StayAlone(member, life, random.nextInt(100));
            case 7:
                return random.nextInt(5) == 0 ?
                    new ControlCommand.DeclareDead(member, life) :
                    new ControlCommand.AcceptLoss(random.nextInt(PARTITIONS), epoch(view, random.nextInt(PARTITIONS)));
            case 8:
                return new ControlCommand.SetCopies(1 + random.nextInt(3), 1 + random.nextInt(2));
            default:
                return changePartition(view);
        }
    }

    private ControlCommand join(final ControlView view)
    {
        final String key = "node" + random.nextInt(5);
        final long after = view.members().stream().filter(member -> member.key().equals(key))
            .mapToLong(Member::incarnation).findAny().orElse(0);
        return new ControlCommand.Join(
            key,
            "",
            1 + random.nextInt(3),
            "",
            1 + random.nextInt(3),
            random.nextInt(1_000),
            random.nextInt(5) == 0 ? random.nextInt(10) : after);
    }

    private ControlCommand changePartition(final ControlView view)
    {
        final int partition = random.nextInt(PARTITIONS);
        final List<Replica> inSync = new ArrayList<>();
        for (final Member member : view.members())
        {
            if (random.nextBoolean())
            {
                inSync.add(new Replica(member.id(), member.incarnation() - random.nextInt(10) / 9));
            }
        }

        final Replica proposer = inSync.isEmpty() ? new Replica(0, 1) : inSync.get(random.nextInt(inSync.size()));
        return new ControlCommand.ChangePartitions(proposer, List.of(new Change(
            partition, epoch(view, partition) - random.nextInt(10) / 9, random.nextInt(5), inSync)));
    }

    private static long epoch(final ControlView view, final int partition)
    {
        return view.assignments().isEmpty() ? 0 : view.assignments().get(partition).epoch();
    }

    private void checkDecision(final ControlView before, final ControlCommand command, final long timeNs)
    {
        if (command instanceof ControlCommand.ChangePartitions change)
        {
            final Assignment old = before.assignments().isEmpty() ?
                Assignment.UNPLACED : before.assignments().get(change.changes().get(0).partition());
            final Change proposed = change.changes().get(0);
            final boolean isDecided = state.view().version() != before.version();
            assertTrue(!isDecided || old.epoch() == proposed.expectedEpoch(), "an old proposal won");
            assertTrue(!isDecided || old.inSync().contains(change.proposer()), "a stranger was heard");
            assertTrue(
                !isDecided || change.proposer().memberId() == old.primary() || isTakeOver(change, old, proposed),
                "a backup did more than to take the lead");
        }
        if (command instanceof ControlCommand.AcceptLoss loss && state.view().version() != before.version())
        {
            for (final Replica replica : before.assignments().get(loss.partition()).inSync())
            {
                final Member member = before.members().get(replica.memberId());
                assertTrue(
                    member.incarnation() != replica.incarnation() || member.aloneUntilNs() <= timeNs,
                    "lost what a member may serve");
            }
        }
    }

    private static boolean isTakeOver(
        final ControlCommand.ChangePartitions command, final Assignment old, final Change proposed)
    {
        return proposed.primary() == command.proposer().memberId() &&
            proposed.inSync().stream().noneMatch(replica -> replica.memberId() == old.primary()) &&
            old.inSync().containsAll(proposed.inSync());
    }

    private void check(final ControlView before, final ControlView after)
    {
        for (int i = 0; i < before.assignments().size(); i++)
        {
            final Assignment old = before.assignments().get(i);
            final Assignment now = after.assignments().get(i);
            assertTrue(now.epoch() == old.epoch() || now.epoch() == old.epoch() + 1);
            if (now.epoch() == old.epoch())
            {
                assertEquals(old, now);
            }
            else if (old.epoch() > 0 && now.losses() == old.losses())
            {
                assertTrue(old.inSync().contains(now.replicaOn(now.primary())), "unclean election");
            }
            else if (old.epoch() > 0)
            {
                final boolean isAlone = old.inSync().size() == 1;
                assertTrue(isAlone || old.inSync().stream().noneMatch(
                    replica -> after.members().get(replica.memberId()).replica().equals(replica)), "a loss of nothing");
            }
        }
        for (int i = 0; i < before.structures().size(); i++)
        {
            final int id = before.structures().at(i).id();
            if (after.structures().byId(id) == null)
            {
                everDropped.add(id);
            }
        }
        for (int i = 0; i < after.structures().size(); i++)
        {
            final StructureDefinition definition = after.structures().at(i);
            assertFalse(everDropped.contains(definition.id()), "a number was given twice");
            assertEquals(definition, after.structures().byName(definition.name()));
        }
        for (int i = 0; i < before.members().size(); i++)
        {
            assertEquals(before.members().get(i).key(), after.members().get(i).key());
            final Member former = before.members().get(i);
            final Member member = after.members().get(i);
            assertTrue(member.incarnation() >= former.incarnation());
            assertTrue(member.incarnation() > former.incarnation() ||
                member.aloneUntilNs() >= former.aloneUntilNs() && member.aloneAskedNs() >= former.aloneAskedNs(),
                "a lease was taken back");
        }
    }
}
