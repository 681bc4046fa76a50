package io.peregrine.node.control.wire;

import io.peregrine.node.control.Change;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlState;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.GridSettings;
import io.peregrine.node.control.Member;
import io.peregrine.node.control.Replica;
import io.peregrine.node.control.StructureKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random commands, and states that the control plane comes to by them. Seeded.
 */
final class RandomControl
{
    private static final String[] TEXTS =
        {"", "a", "node-7.example.org:4711", "gr\u00F6\u00DFer", "\uD83E\uDD85", "x".repeat(255)};

    final ControlState state = new ControlState();

    private final Random random;

    RandomControl(final long seed)
    {
        random = new Random(seed);
    }

    /**
     * Decide some commands.
     */
    void run(final int commands)
    {
        state.apply(new ControlCommand.Found(settings(), random.nextLong()), random.nextInt(100));
        for (int i = 0; i < commands; i++)
        {
            state.apply(command(), i);
        }
    }

    ControlCommand command()
    {
        final ControlView view = state.view();
        final int member = random.nextInt(view.members().size() + 1);
        final long life = member < view.members().size() && random.nextInt(10) > 0 ?
            view.members().get(member).incarnation() : random.nextLong();
        return switch (random.nextInt(14))
        {
            case 0 -> new ControlCommand.Found(settings(), random.nextLong());
            case 1, 2, 3 -> join(view);
            case 4 -> new ControlCommand.Leave(member, life);
            case 5 -> new ControlCommand.Drop(random.nextInt(view.structures().nextId() + 1));
            case 6 -> new ControlCommand.Define(
                name(), StructureKind.MAP, random.nextInt(2), random.nextInt(2));
            case 7 -> new ControlCommand.Absence(member, life, random.nextBoolean());
            case 8 -> new ControlCommand.StayAlone(member, life, random.nextLong());
            case 9 -> new ControlCommand.DeclareDead(member, life);
            case 10 -> new ControlCommand.AcceptLoss(random.nextInt(8), random.nextInt(5));
            case 11 -> new ControlCommand.SetCopies(1 + random.nextInt(3), 1 + random.nextInt(2));
            default -> changePartitions(view);
        };
    }

    private ControlCommand join(final ControlView view)
    {
        final String key = "node" + random.nextInt(8);
        final long after = view.members().stream().filter(member -> member.key().equals(key))
            .mapToLong(Member::incarnation).findAny().orElse(0);
        return new ControlCommand.Join(
            key, text(), 1 + random.nextInt(3), text(), 1 + random.nextInt(3), random.nextInt(1_000), after);
    }

    private ControlCommand changePartitions(final ControlView view)
    {
        final List<Change> changes = new ArrayList<>();
        Replica proposer = new Replica(random.nextInt(8), random.nextLong());
        for (int partition = 0; partition < view.assignments().size(); partition++)
        {
            final List<Replica> inSync = new ArrayList<>(view.assignments().get(partition).inSync());
            final int primary = view.assignments().get(partition).primary();
            proposer = inSync.isEmpty() ? proposer : view.assignments().get(partition).replicaOn(primary);
            for (final Member member : view.members())
            {
                if (random.nextBoolean() && inSync.stream().noneMatch(one -> one.memberId() == member.id()))
                {
                    inSync.add(new Replica(member.id(), member.incarnation()));
                }
            }
            changes.add(new Change(partition, view.assignments().get(partition).epoch(), primary, inSync));
        }

        return new ControlCommand.ChangePartitions(proposer, changes);
    }

    private GridSettings settings()
    {
        return new GridSettings(1 + random.nextInt(7), 3, 1, 1 + random.nextInt(9), 100, random.nextInt(100), 100);
    }

    private String name()
    {
        final String text = text();
        return text.substring(0, Math.min(text.length(), 254)) + random.nextInt(8);
    }

    private String text()
    {
        return TEXTS[random.nextInt(TEXTS.length)];
    }
}
