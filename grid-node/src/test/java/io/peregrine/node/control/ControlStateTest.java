package io.peregrine.node.control;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

class ControlStateTest
{
    private static final GridSettings SETTINGS = new GridSettings(8, 2, 1, 3, 4096, 1024, 1_000);

    private final ControlState state = new ControlState();
    private long starts;

    @Test
    void shouldRefuseEverythingUntilFounded()
    {
        assertEquals(ControlCode.NOT_FOUNDED, join("a").code());
        assertEquals(ControlCode.NOT_FOUNDED, define("m", 0).code());
        assertEquals(0, state.view().version());
    }

    @Test
    void shouldRefuseOtherSettingsWhenFounded()
    {
        found();
        final long version = state.view().version();
        assertEquals(ControlCode.OK, state.apply(new ControlCommand.Found(SETTINGS), 0).code());
        assertEquals(
            ControlCode.SETTINGS_DIFFER,
            state.apply(new ControlCommand.Found(new GridSettings(16, 2, 1, 3, 4096, 1024, 1_000)), 0).code());
        assertEquals(version, state.view().version());
    }

    @Test
    void shouldRefuseSettingsOutOfRange()
    {
        assertEquals(ControlCode.INVALID, foundCode(new GridSettings(0, 2, 1, 1, 1, 1, 1_000)));
        assertEquals(
            ControlCode.INVALID, foundCode(new GridSettings(GridSettings.MAX_PARTITIONS + 1, 2, 1, 1, 1, 1, 1_000)));
        assertEquals(ControlCode.INVALID, foundCode(new GridSettings(1, 9, 1, 1, 1, 1, 1_000)));
        assertEquals(ControlCode.INVALID, foundCode(new GridSettings(1, 2, 1, 1, 1, 1, 0)));
        assertEquals(ControlCode.INVALID, foundCode(new GridSettings(1, 1, 2, 1, 1, 1, 1_000)));
        assertEquals(ControlCode.INVALID, foundCode(new GridSettings(1, 2, 1, 0, 1, 1, 1_000)));
        assertEquals(
            ControlCode.INVALID, foundCode(new GridSettings(1, 2, 1, 1, GridSettings.LONGEST_KEY + 1, 1, 1_000)));
        assertEquals(
            ControlCode.INVALID, foundCode(new GridSettings(1, 2, 1, 1, 1, GridSettings.LONGEST_VALUE + 1, 1_000)));
    }

    @Test
    void shouldKeepNumberAndRaiseIncarnationWhenMemberReturns()
    {
        found();
        final int a = (int) join("a").number();
        final int b = (int) join("b").number();
        final long firstLife = member(a).incarnation();
        assertNotEquals(a, b);
        assertEquals(ControlCode.OK, state.apply(new ControlCommand.Leave(a, firstLife), 0).code());
        assertEquals(MemberStatus.LEAVING, member(a).status());
        assertEquals(a, (int) join("a").number());
        assertEquals(MemberStatus.LIVE, member(a).status());
        assertEquals(true, member(a).incarnation() > firstLife);
        assertEquals(ControlCode.UNKNOWN, state.apply(new ControlCommand.Leave(a, firstLife), 0).code());
        assertEquals(MemberStatus.LIVE, member(a).status());
    }

    @Test
    void shouldEndNoLifeByAJoinThatComesLate()
    {
        found();
        final ControlCommand.Join first = new ControlCommand.Join("a", "", 1, "", 1, 77, 0);
        state.apply(first, 0);
        final long life = member(0).incarnation();
        final ControlCommand.Join second = new ControlCommand.Join("a", "", 1, "", 2, 78, life);
        assertEquals(ControlCode.OK, state.apply(second, 0).code());
        final Member current = member(0);
        assertEquals(2, current.agents());
        assertEquals(ControlCode.UNKNOWN, state.apply(first, 0).code());
        assertEquals(current, member(0));
        state.apply(new ControlCommand.DeclareDead(0, current.incarnation()), 0);
        assertEquals(ControlCode.UNKNOWN, state.apply(second, 0).code());
    }

    @Test
    void shouldRefuseMoreAgentsThanANodeMayHave()
    {
        found();
        assertEquals(
            ControlCode.INVALID, state.apply(new ControlCommand.Join("a", "", 1, "", 0, 1, 0), 0).code());
        assertEquals(
            ControlCode.INVALID,
            state.apply(new ControlCommand.Join("a", "", 1, "", Member.MAX_AGENTS + 1, 1, 0), 0).code());
        assertEquals(
            ControlCode.OK, state.apply(new ControlCommand.Join("a", "", 1, "", Member.MAX_AGENTS, 1, 0), 0).code());
    }

    @Test
    void shouldTakeNoQuestionOfALoneMemberBack()
    {
        found();
        final long life = state.apply(new ControlCommand.Join("a", "", 1, "", 1, 77, 0), 0).version();
        state.apply(new ControlCommand.StayAlone(0, life, -50), 10);
        assertEquals(-50, member(0).aloneAskedNs());
        state.apply(new ControlCommand.StayAlone(0, life, -20), 20);
        state.apply(new ControlCommand.StayAlone(0, life, -50), 30);
        assertEquals(-20, member(0).aloneAskedNs());
        assertEquals(30 + AloneLease.grantedNs(SETTINGS.aloneLeaseNs()), member(0).aloneUntilNs());
    }

    @Test
    void shouldTakeAStartThatIsSaidTwiceForOne()
    {
        found();
        final ControlCommand.Join join = new ControlCommand.Join("a", "", 1, "", 1, 77, 0);
        final long id = state.apply(join, 0).number();
        final long version = state.view().version();
        assertEquals(id, state.apply(join, 0).number());
        assertEquals(version, state.view().version());
    }

    @Test
    void shouldRefuseMembersOutOfRange()
    {
        found();
        assertEquals(ControlCode.INVALID, state.apply(new ControlCommand.Join("", "", 1, "", 1, 1, 0), 0).code());
        assertEquals(ControlCode.INVALID, state.apply(new ControlCommand.Join("a", "", 0, "", 1, 1, 0), 0).code());
        assertEquals(ControlCode.INVALID, state.apply(new ControlCommand.Join("a", "", 1, "", 1, -1, 0), 0).code());
        assertEquals(
            ControlCode.INVALID, state.apply(new ControlCommand.Join("a", "", 1, "z".repeat(300), 1, 1, 0), 0).code());
    }

    @Test
    void shouldChangeTheNumberOfCopiesAndNothingElse()
    {
        found();
        join("a");
        join("b");
        join("c");
        assertEquals(ControlCode.INVALID, state.apply(new ControlCommand.SetCopies(1, 2), 0).code());
        assertEquals(ControlCode.OK, state.apply(new ControlCommand.SetCopies(3, 2), 0).code());
        assertEquals(3, state.view().plan().get(0).size());
        assertEquals(2, state.view().settings().minInSync());
        assertEquals(ControlCode.OK, state.apply(new ControlCommand.Found(SETTINGS), 0).code());
        assertEquals(3, state.view().settings().replicas());
    }

    @Test
    void shouldBecomeWhatAnotherWas()
    {
        found();
        join("a");
        define("m", 3);
        final ControlState other = new ControlState();
        other.load(state.view());
        assertEquals(state.digest(), other.digest());
        final ControlCommand next = new ControlCommand.Join("b", "", 2, "z", 4, 9, 0);
        assertEquals(state.apply(next, 50), other.apply(next, 50));
        assertEquals(state.digest(), other.digest());
    }

    @Test
    void shouldNotLetLookingChangeWhatIsDecided()
    {
        found();
        join("a");
        state.apply(new ControlCommand.Drop(99), 500);
        assertEquals(0, state.view().timeNs());
    }

    @Test
    void shouldNeverGiveStructureNumberTwice()
    {
        found();
        final int first = (int) define("m", 0).number();
        assertEquals(first, (int) define("m", 0).number());
        assertEquals(ControlCode.OK, state.apply(new ControlCommand.Drop(first), 0).code());
        assertNull(state.view().structures().byId(first));
        assertNull(state.view().structures().byName("m"));
        assertEquals(true, (int) define("m", 0).number() > first);
        assertEquals(ControlCode.OK, state.apply(new ControlCommand.Drop(first), 0).code());
        assertEquals("m", state.view().structures().at(0).name());
    }

    @Test
    void shouldRefuseOtherSettingsOfSameName()
    {
        found();
        final int id = (int) define("m", 0).number();
        final ControlResult result = define("m", 5);
        assertEquals(ControlCode.DEFINED_OTHERWISE, result.code());
        assertEquals(id, result.number());
    }

    @Test
    void shouldRefuseStructuresOverLimitUntilOneIsDropped()
    {
        found();
        define("a", 0);
        final long b = define("b", 0).number();
        define("c", 0);
        assertEquals(ControlCode.LIMIT, define("d", 0).code());
        state.apply(new ControlCommand.Drop((int) b), 0);
        assertEquals(ControlCode.OK, define("d", 0).code());
    }

    @Test
    void shouldRefuseBadNamesTimesAndNumbers()
    {
        found();
        assertEquals(ControlCode.INVALID, define("", 0).code());
        assertEquals(ControlCode.INVALID, define("n".repeat(10_240), 0).code());
        assertEquals(ControlCode.INVALID, define("m", -1).code());
        assertEquals(ControlCode.UNKNOWN, state.apply(new ControlCommand.Drop(0), 0).code());
        assertEquals(ControlCode.UNKNOWN, state.apply(new ControlCommand.Drop(1), 0).code());
    }

    @Test
    void shouldReturnSameViewUntilSomethingChanges()
    {
        found();
        final ControlView view = state.view();
        assertSame(view, state.view());
        define("m", 0);
        assertEquals(0, view.structures().size());
        assertEquals(1, state.view().structures().size());
    }

    private static ControlCode foundCode(final GridSettings settings)
    {
        return new ControlState().apply(new ControlCommand.Found(settings), 0).code();
    }

    private void found()
    {
        assertEquals(ControlCode.OK, state.apply(new ControlCommand.Found(SETTINGS), 0).code());
    }

    private ControlResult join(final String key)
    {
        return state.apply(PartitionTableTest.join(state.view(), key, starts++), 0);
    }

    private Member member(final int id)
    {
        return state.view().members().get(id);
    }

    private ControlResult define(final String name, final long ttlNs)
    {
        return state.apply(new ControlCommand.Define(name, StructureKind.MAP, ttlNs, 0), 0);
    }
}
