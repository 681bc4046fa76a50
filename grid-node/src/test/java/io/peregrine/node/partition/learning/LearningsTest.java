package io.peregrine.node.partition.learning;

import io.peregrine.node.codec.Denial;
import io.peregrine.node.control.Change;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlState;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.GridSettings;
import io.peregrine.node.control.Replica;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.storage.partition.PartitionStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LearningsTest
{
    private static final int PARTITIONS = 4;
    private static final long LATE = ReplicationSettings.defaults().resendNs() * 500;

    private long clockNs;
    private final CopyShare share = new CopyShare(() -> clockNs++, 25);
    private final ControlState control = new ControlState();
    private final Learnings learnings = new Learnings(2, share);
    private final Map<Integer, Learner> learners = new HashMap<>();
    private final List<Integer> asked = new ArrayList<>();
    private final List<Integer> dropped = new ArrayList<>();
    private Replica self;

    @BeforeEach
    void found()
    {
        control.apply(new ControlCommand.Found(new GridSettings(PARTITIONS, 3, 1, 10, 10, 10, 100)), 1);
        for (int i = 0; i < 3; i++)
        {
            join(i);
        }
        self = replica(2);
        for (int partition = 0; partition < PARTITIONS; partition++)
        {
            final Learner learner = new Learner(new Host(partition), ReplicationSettings.defaults());
            learners.put(partition, learner);
            learnings.add(partition, learner);
        }
    }

    @Test
    void shouldLearnSoManyAtATimeWhenAllAreWanted()
    {
        see(0);
        assertEquals(PARTITIONS, learnings.wanted());
        assertEquals(2, learnings.work(0));
        assertEquals(List.of(0, 1), asked);
    }

    @Test
    void shouldAskForNothingWhileChunksHadMoreThanTheirShareOfTheTime()
    {
        see(0);
        share.begin();
        share.end(false);
        assertEquals(0, learnings.work(clockNs + 1));
        assertEquals(List.of(), asked);
        assertEquals(2, learnings.work(clockNs + 2));
    }

    @Test
    void shouldLearnPartitionFirstWhenItLacksMoreCopies()
    {
        change(0, 0, replica(0), replica(1));
        change(1, 0, replica(0), replica(1));
        see(0);
        learnings.work(0);
        assertEquals(List.of(2, 3), asked);
    }

    @Test
    void shouldLetOthersGoFirstWhenPrimaryIsBusy()
    {
        see(0);
        learnings.work(0);
        learners.get(0).onDenied(1, Denial.BUSY, 0);
        asked.clear();
        learnings.work(0);
        assertEquals(List.of(2), asked);
    }

    @Test
    void shouldNotLearnWhenInSync()
    {
        change(1, 0, replica(0), self);
        see(0);
        assertEquals(LearnerState.IDLE, learners.get(1).state());
        assertEquals(PARTITIONS - 1, learnings.wanted());
        assertTrue(dropped.isEmpty());
    }

    @Test
    void shouldDropCopyWhenPlanNamesOthers()
    {
        see(0);
        learnings.work(0);
        control.apply(new ControlCommand.Leave(self.memberId(), self.incarnation()), 1);
        see(0);
        assertEquals(List.of(0, 1, 2, 3), dropped);
        assertEquals(0, learnings.wanted());
        asked.clear();
        assertEquals(0, learnings.work(LATE));
        assertTrue(asked.isEmpty());
    }

    @Test
    void shouldBeginAnotherAttemptWhenAnotherLeads()
    {
        see(0);
        learnings.work(0);
        assertEquals(1, learners.get(0).attempt());
        change(0, 0, replica(0), replica(1));
        change(0, 1, replica(0), replica(1));
        see(0);
        assertEquals(2, learners.get(0).attempt());
        assertFalse(learners.get(0).isUnderWay());
        assertEquals(1, learners.get(1).attempt());
    }

    private void see(final long nowNs)
    {
        learnings.onControl(control.view(), self, nowNs);
    }

    private void join(final int number)
    {
        control.apply(new ControlCommand.Join("node" + number, "", 1, "", 1, number, 0), 1);
    }

    private Replica replica(final int memberId)
    {
        return new Replica(memberId, control.view().members().get(memberId).incarnation());
    }

    private void change(final int partition, final int primary, final Replica... inSync)
    {
        final ControlView view = control.view();
        final Replica leader = view.assignments().get(partition).inSync().get(0);
        assertTrue(control.apply(new ControlCommand.ChangePartitions(leader, List.of(new Change(
            partition, view.assignments().get(partition).epoch(), primary, List.of(inSync)))), 1).ok());
    }

    private final class Host implements LearnerHost
    {
        private final int partition;

        private Host(final int partition)
        {
            this.partition = partition;
        }

        @Override
        public long have()
        {
            return SnapshotGiver.NOTHING_WHOLE;
        }

        @Override
        public boolean hasRoomFor(final int bytes)
        {
            throw new AssertionError("no chunk came");
        }

        @Override
        public PartitionStore newStore()
        {
            throw new AssertionError("no chunk came");
        }

        @Override
        public void beginCopy(final PartitionStore store, final long sequence)
        {
            throw new AssertionError("no chunk came");
        }

        @Override
        public void dropCopy()
        {
            dropped.add(partition);
        }

        @Override
        public void ask(final int attempt, final int index, final long have)
        {
            if (index == 0)
            {
                asked.add(partition);
            }
        }
    }
}
