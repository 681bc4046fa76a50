package io.peregrine.node.control;

import org.junit.jupiter.params.ParameterizedTest;
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
    private final ControlState state = new ControlState();
    private final Set<Integer> everDropped = new HashSet<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldHoldRulesAndReplayToSameDigest(final long seed)
    {
        random.setSeed(seed);
        final List<ControlCommand> log = new ArrayList<>();
        for (int i = 0; i < COMMANDS; i++)
        {
            final ControlView before = state.view();
            final long digest = state.digest();
            final ControlCommand command = command(before);
            log.add(command);
            final ControlResult result = state.apply(command);
            assertEquals(result.version(), state.view().version());
            assertEquals(digest, before.digest(), "a view changed after it was given out");
            if (state.view().version() == before.version())
            {
                assertEquals(digest, state.digest(), "an undecided command changed something: " + command);
            }
            check(before, state.view());
        }

        final ControlState replayed = new ControlState();
        log.forEach(replayed::apply);
        assertEquals(state.digest(), replayed.digest());
    }

    private ControlCommand command(final ControlView view)
    {
        switch (random.nextInt(8))
        {
            case 0:
                return new ControlCommand.Found(new GridSettings(PARTITIONS, 1, 5, 100, 100));
            case 1:
                return new ControlCommand.Join("node" + random.nextInt(5), "");
            case 2:
                return new ControlCommand.Leave(random.nextInt(6), random.nextInt((int) view.version() + 2));
            case 3:
                return new ControlCommand.Drop(random.nextInt(view.structures().nextId() + 1));
            case 4:
                return new ControlCommand.Define(
                    "map" + random.nextInt(8), StructureKind.MAP, random.nextInt(2), random.nextInt(2));
            default:
                return changePartition(view);
        }
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

        final long epoch = view.assignments().isEmpty() ? 0 : view.assignments().get(partition).epoch();
        return new ControlCommand.ChangePartition(
            partition, epoch - random.nextInt(10) / 9, random.nextInt(5), inSync);
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
            else if (old.epoch() > 0)
            {
                assertTrue(old.inSync().contains(now.replicaOn(now.primary())), "unclean election");
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
            assertTrue(after.members().get(i).incarnation() >= before.members().get(i).incarnation());
        }
    }
}
