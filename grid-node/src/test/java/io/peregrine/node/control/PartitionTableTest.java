package io.peregrine.node.control;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PartitionTableTest
{
    private static final long LEASE_NS = 1_000;
    private static final long LEASE_OVER_NS = 1_000 + 15 + 100_000_000;

    private final ControlState state = new ControlState();
    private long starts;

    @BeforeEach
    void found()
    {
        state.apply(new ControlCommand.Found(new GridSettings(4, 2, 1, 3, 100, 100, LEASE_NS)), 0);
    }

    @Test
    void shouldGiveTheFirstMemberEverything()
    {
        final Replica a = join("a");
        for (final Assignment assignment : state.view().assignments())
        {
            assertEquals(new Assignment(1, a.memberId(), List.of(a), 0), assignment);
        }
    }

    @Test
    void shouldPlanButNotMoveWhenAnotherMemberComes()
    {
        final Replica a = join("a");
        final Replica b = join("b");
        assertTrue(state.view().plan().stream().allMatch(members -> members.size() == 2));
        assertTrue(state.view().plan().stream().anyMatch(members -> members.get(0) == b.memberId()));
        assertTrue(state.view().assignments().stream().allMatch(assignment -> assignment.primary() == a.memberId()));
    }

    @Test
    void shouldLetOneOfTwoRacingProposalsWin()
    {
        final Replica a = join("a");
        final Replica b = join("b");
        assertEquals(ControlCode.OK, change(a, 1, a, a, b));
        assertEquals(ControlCode.EPOCH_MOVED, change(a, 1, a, a));
        assertEquals(2, partition().epoch());
    }

    @Test
    void shouldDecideEachChangeOfACommandOnItsOwn()
    {
        final Replica a = join("a");
        final Replica b = join("b");
        change(a, 1, a, a, b);
        final ControlResult result = state.apply(new ControlCommand.ChangePartitions(a, List.of(
            new Change(0, 1, a.memberId(), List.of(a)),
            new Change(1, 1, a.memberId(), List.of(a, b)),
            new Change(9, 1, a.memberId(), List.of(a)))), 0);
        assertEquals(ControlCode.EPOCH_MOVED, result.code());
        assertEquals(1, result.number());
        assertEquals(2, state.view().assignments().get(1).inSync().size());
    }

    @Test
    void shouldRefuseUncleanElection()
    {
        final Replica a = join("a");
        final Replica b = join("b");
        assertEquals(ControlCode.UNSAFE, change(b, 1, b, b));
        assertEquals(ControlCode.UNSAFE, change(a, 1, b, b));
        assertEquals(ControlCode.UNSAFE, change(a, 1, b, a, b));
        assertEquals(ControlCode.OK, change(a, 1, a, a, b));
        assertEquals(ControlCode.OK, change(a, 2, b, b, a));
    }

    @Test
    void shouldLetABackupDoNothingButTakeTheLead()
    {
        final Replica a = join("a");
        final Replica b = join("b");
        final Replica c = join("c");
        change(a, 1, a, a, b, c);
        assertEquals(ControlCode.UNSAFE, change(b, 2, a, a, b));
        assertEquals(ControlCode.UNSAFE, change(b, 2, b, a, b, c));
        assertEquals(ControlCode.UNSAFE, change(b, 2, c, b, c));
        final Replica d = join("d");
        assertEquals(ControlCode.UNSAFE, change(b, 2, b, b, d));
        assertEquals(ControlCode.OK, change(b, 2, b, b, c));
        assertEquals(ControlCode.UNSAFE, change(a, 3, a, a));
    }

    @Test
    void shouldRefuseReplicasOfAnotherLife()
    {
        final Replica a = join("a");
        final Replica b = join("b");
        change(a, 1, a, a, b);
        final Replica again = join("a");
        assertEquals(ControlCode.UNKNOWN, change(a, 2, a, a, b));
        assertEquals(ControlCode.UNSAFE, change(again, 2, again, again));
        assertEquals(ControlCode.UNKNOWN, change(b, 2, b, a, b));
        assertEquals(ControlCode.OK, change(b, 2, b, b));
        assertEquals(0, partition().losses());
    }

    @Test
    void shouldRefuseMalformedSets()
    {
        final Replica a = join("a");
        final Replica b = join("b");
        assertEquals(ControlCode.INVALID, change(a, 1, a, b));
        assertEquals(ControlCode.INVALID, change(a, 1, a, a, a));
        assertEquals(ControlCode.INVALID, change(a, 1, a));
        assertEquals(ControlCode.UNKNOWN, change(a, 1, a, a, new Replica(7, 1)));
        assertEquals(
            ControlCode.INVALID, state.apply(new ControlCommand.ChangePartitions(a, List.of()), 0).code());
    }

    @Test
    void shouldBeginAgainWhenTheOnlyMemberReturnsWithoutWhatItHeld()
    {
        join("a");
        final Replica again = join("a");
        assertEquals(new Assignment(2, again.memberId(), List.of(again), 1), partition());
    }

    @Test
    void shouldWaitForAMemberThatHasNotReturned()
    {
        final Replica a = join("a");
        final Replica b = join("b");
        change(a, 1, a, a, b);
        join("a");
        assertEquals(0, partition().losses());
        final Replica again = join("b");
        assertEquals(1, partition().losses());
        assertEquals(3, partition().epoch());
        assertEquals(ControlCode.UNKNOWN, change(b, 3, b, b));
        assertTrue(partition().inSync().size() == 1 && !partition().inSync().contains(b), "of " + again);
    }

    @Test
    void shouldNotAcceptALossWhileAMemberOfTheSetMayServe()
    {
        final Replica a = join("a");
        final Replica b = join("b");
        change(a, 1, a, a, b);
        assertEquals(ControlCode.UNSAFE, acceptLoss(2, Long.MAX_VALUE / 2));
        declareDead(a);
        assertEquals(ControlCode.UNSAFE, acceptLoss(2, 0));
        declareDead(b);
        assertEquals(0, partition().losses());
        final Replica c = join("c");
        assertEquals(0, partition().losses());
        assertEquals(ControlCode.EPOCH_MOVED, acceptLoss(1, 0));
        assertEquals(ControlCode.OK, acceptLoss(2, 0));
        assertEquals(new Assignment(3, c.memberId(), List.of(c), 1), partition());
    }

    @Test
    void shouldWaitForTheLeaseOfAMemberThatIsAlone()
    {
        final Replica a = join("a");
        join("b");
        stayAlone(a, 50);
        stayAlone(a, 70);
        state.apply(new ControlCommand.Absence(a.memberId(), a.incarnation(), true), 80);
        assertEquals(ControlCode.UNSAFE, acceptLoss(1, 70 + LEASE_OVER_NS - 1));
        assertEquals(ControlCode.OK, acceptLoss(1, 70 + LEASE_OVER_NS));
        assertEquals(1, partition().losses());
    }

    @Test
    void shouldNotTakeGridTimeBack()
    {
        final Replica a = join("a");
        join("b");
        stayAlone(a, 1_000_000);
        stayAlone(a, 10);
        assertEquals(ControlCode.UNSAFE, acceptLoss(1, 1_000_000 + LEASE_OVER_NS - 1));
    }

    @Test
    void shouldRefuseTheLeaseOfAnotherLife()
    {
        final Replica a = join("a");
        join("a");
        assertEquals(
            ControlCode.UNKNOWN,
            state.apply(new ControlCommand.StayAlone(a.memberId(), a.incarnation(), 0), 0).code());
    }

    @Test
    void shouldPlanWithoutMembersThatLeaveOrAreAbsent()
    {
        final Replica a = join("a");
        final Replica b = join("b");
        join("c");
        state.apply(new ControlCommand.Leave(a.memberId(), a.incarnation()), 0);
        assertTrue(state.view().plan().stream().noneMatch(members -> members.contains(a.memberId())));
        state.apply(new ControlCommand.Absence(b.memberId(), b.incarnation(), true), 0);
        assertTrue(state.view().plan().stream().allMatch(members -> members.size() == 1));
        state.apply(new ControlCommand.Absence(b.memberId(), b.incarnation(), false), 0);
        assertTrue(state.view().plan().stream().allMatch(members -> members.size() == 2));
        state.apply(new ControlCommand.Absence(a.memberId(), a.incarnation(), false), 0);
        assertEquals(MemberStatus.LEAVING, state.view().members().get(a.memberId()).status());
    }

    static ControlCommand.Join join(final ControlView view, final String key, final long startId)
    {
        final long after = view.members().stream().filter(member -> member.key().equals(key))
            .mapToLong(Member::incarnation).findAny().orElse(0);
        return new ControlCommand.Join(key, "", 1, "", 1, startId, after);
    }

    private Replica join(final String key)
    {
        final int id = (int) state.apply(join(state.view(), key, starts++), 0).number();
        return state.view().members().get(id).replica();
    }

    private void stayAlone(final Replica member, final long timeNs)
    {
        assertEquals(
            ControlCode.OK,
            state.apply(new ControlCommand.StayAlone(member.memberId(), member.incarnation(), timeNs), timeNs).code());
    }

    private void declareDead(final Replica member)
    {
        assertEquals(
            ControlCode.OK,
            state.apply(new ControlCommand.DeclareDead(member.memberId(), member.incarnation()), 0).code());
    }

    private ControlCode acceptLoss(final long epoch, final long timeNs)
    {
        return state.apply(new ControlCommand.AcceptLoss(0, epoch), timeNs).code();
    }

    private Assignment partition()
    {
        return state.view().assignments().get(0);
    }

    private ControlCode change(
        final Replica proposer, final long epoch, final Replica primary, final Replica... inSync)
    {
        return state.apply(new ControlCommand.ChangePartitions(
            proposer, List.of(new Change(0, epoch, primary.memberId(), List.of(inSync)))), 0).code();
    }
}
