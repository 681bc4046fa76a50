package io.peregrine.node.control;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

class AbsenceWatchTest
{
    private static final long ABSENT_AFTER = 1_000;
    private static final long REPEAT = 100;

    private final ControlState state = new ControlState();
    private final AbsenceWatch watch = new AbsenceWatch(ABSENT_AFTER, REPEAT);
    private long nowNs = -500;

    @BeforeEach
    void setUp()
    {
        state.apply(new ControlCommand.Found(new GridSettings(4, 2, 1, 3, 100, 100, 1_000)), 0);
        state.apply(PartitionTableTest.join(state.view(), "a", 1), 0);
        state.apply(PartitionTableTest.join(state.view(), "b", 2), 0);
        assertEquals(List.of(), watch.work(state.view(), nowNs));
    }

    @Test
    void shouldReplaceWhoIsNotHeardAndTakeBackWhoIs()
    {
        hear(0, ABSENT_AFTER - 1);
        assertEquals(List.of(), watch.work(state.view(), nowNs));
        nowNs++;
        final List<ControlCommand> absent = watch.work(state.view(), nowNs);
        assertEquals(List.of(new ControlCommand.Absence(1, life(1), true)), absent);
        assertEquals(List.of(), watch.work(state.view(), nowNs), "given out already");
        state.apply(absent.get(0), 0);
        hear(0, 5 * REPEAT);
        assertEquals(List.of(), watch.work(state.view(), nowNs));
        hear(1, 1);
        final List<ControlCommand> back = watch.work(state.view(), nowNs);
        assertEquals(List.of(new ControlCommand.Absence(1, life(1), false)), back);
        state.apply(back.get(0), 0);
        assertEquals(MemberStatus.LIVE, state.view().members().get(1).status());
        assertEquals(List.of(), watch.work(state.view(), nowNs));
    }

    @Test
    void shouldRepeatWhatIsNotSeenDecided()
    {
        hear(0, ABSENT_AFTER);
        assertEquals(1, watch.work(state.view(), nowNs).size());
        hear(0, REPEAT - 1);
        assertEquals(0, watch.work(state.view(), nowNs).size());
        hear(0, 1);
        assertEquals(1, watch.work(state.view(), nowNs).size());
    }

    @Test
    void shouldCountAnotherLifeFromItsBeginning()
    {
        final long formerLife = life(1);
        hear(0, ABSENT_AFTER - 1);
        state.apply(PartitionTableTest.join(state.view(), "b", 3), 0);
        assertEquals(List.of(), watch.work(state.view(), nowNs));
        hear(0, ABSENT_AFTER - 1);
        assertEquals(List.of(), watch.work(state.view(), nowNs));
        watch.onHeard(1, formerLife, nowNs);
        watch.onHeard(7, 1, nowNs);
        nowNs++;
        assertEquals(List.of(new ControlCommand.Absence(1, life(1), true)), watch.work(state.view(), nowNs));
    }

    @Test
    void shouldTakeNobodyInWhomItNeverHeard()
    {
        state.apply(new ControlCommand.Absence(1, life(1), true), 0);
        final AbsenceWatch next = new AbsenceWatch(ABSENT_AFTER, REPEAT);
        assertEquals(List.of(), next.work(state.view(), nowNs));
        next.onHeard(1, life(1), nowNs);
        assertEquals(List.of(new ControlCommand.Absence(1, life(1), false)), next.work(state.view(), nowNs));
    }

    @Test
    void shouldLetTheLeavingAndTheDeadBe()
    {
        state.apply(new ControlCommand.Leave(0, life(0)), 0);
        state.apply(new ControlCommand.DeclareDead(1, life(1)), 0);
        watch.work(state.view(), nowNs);
        nowNs += 2 * ABSENT_AFTER;
        assertEquals(List.of(), watch.work(state.view(), nowNs));
        watch.onHeard(1, life(1), nowNs);
        assertEquals(List.of(), watch.work(state.view(), nowNs));
    }

    private void hear(final int member, final long afterNs)
    {
        nowNs += afterNs;
        watch.onHeard(member, life(member), nowNs);
    }

    private long life(final int member)
    {
        return state.view().members().get(member).incarnation();
    }
}
