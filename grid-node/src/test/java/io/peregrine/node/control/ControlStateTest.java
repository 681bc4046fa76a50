package io.peregrine.node.control;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

class ControlStateTest
{
    private static final GridSettings SETTINGS = new GridSettings(8, 1, 3, 4096, 1024);

    private final ControlState state = new ControlState();

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
        assertEquals(ControlCode.OK, state.apply(new ControlCommand.Found(SETTINGS)).code());
        assertEquals(
            ControlCode.SETTINGS_DIFFER,
            state.apply(new ControlCommand.Found(new GridSettings(16, 1, 3, 4096, 1024))).code());
        assertEquals(version, state.view().version());
    }

    @Test
    void shouldRefuseSettingsOutOfRange()
    {
        assertEquals(ControlCode.INVALID, foundCode(new GridSettings(0, 1, 1, 1, 1)));
        assertEquals(ControlCode.INVALID, foundCode(new GridSettings(GridSettings.MAX_PARTITIONS + 1, 1, 1, 1, 1)));
        assertEquals(ControlCode.INVALID, foundCode(new GridSettings(1, 0, 1, 1, 1)));
        assertEquals(ControlCode.INVALID, foundCode(new GridSettings(1, 1, 0, 1, 1)));
        assertEquals(ControlCode.INVALID, foundCode(new GridSettings(1, 1, 1, GridSettings.LONGEST_KEY + 1, 1)));
        assertEquals(ControlCode.INVALID, foundCode(new GridSettings(1, 1, 1, 1, GridSettings.LONGEST_VALUE + 1)));
    }

    @Test
    void shouldKeepNumberAndRaiseIncarnationWhenMemberReturns()
    {
        found();
        final int a = (int) join("a").number();
        final int b = (int) join("b").number();
        final long firstLife = member(a).incarnation();
        assertNotEquals(a, b);
        assertEquals(ControlCode.OK, state.apply(new ControlCommand.Leave(a, firstLife)).code());
        assertEquals(a, (int) join("a").number());
        assertEquals(true, member(a).live());
        assertEquals(true, member(a).incarnation() > firstLife);
        assertEquals(ControlCode.UNKNOWN, state.apply(new ControlCommand.Leave(a, firstLife)).code());
        assertEquals(true, member(a).live());
    }

    @Test
    void shouldLetOneOfTwoRacingProposalsWin()
    {
        found();
        final Replica a = replica("a");
        final Replica b = replica("b");
        assertEquals(1, change(0, 0, a, a).number());
        assertEquals(2, change(0, 1, a, a, b).number());
        final ControlResult loser = change(0, 1, a, a);
        assertEquals(ControlCode.EPOCH_MOVED, loser.code());
        assertEquals(2, loser.number());
    }

    @Test
    void shouldRefuseUncleanElection()
    {
        found();
        final Replica a = replica("a");
        final Replica b = replica("b");
        change(0, 0, a, a);
        assertEquals(ControlCode.UNSAFE, change(0, 1, b, b).code());
        assertEquals(ControlCode.UNSAFE, change(0, 1, b, a, b).code());
        assertEquals(ControlCode.OK, change(0, 1, a, a, b).code());
        assertEquals(ControlCode.OK, change(0, 2, b, b).code());
    }

    @Test
    void shouldRefuseAnotherLifeAsInSyncReplica()
    {
        found();
        final Replica a = replica("a");
        change(0, 0, a, a);
        final Replica again = replica("a");
        assertEquals(ControlCode.UNKNOWN, change(0, 1, a, a).code());
        assertEquals(ControlCode.UNSAFE, change(0, 1, again, again).code());
    }

    @Test
    void shouldRefuseMalformedSets()
    {
        found();
        final Replica a = replica("a");
        final Replica b = replica("b");
        assertEquals(ControlCode.INVALID, change(0, 0, a, b).code());
        assertEquals(ControlCode.INVALID, change(0, 0, a, a, a).code());
        assertEquals(ControlCode.INVALID, change(0, 0, a).code());
        assertEquals(ControlCode.INVALID, change(8, 0, a, a).code());
        assertEquals(ControlCode.INVALID, change(-1, 0, a, a).code());
        assertEquals(ControlCode.UNKNOWN, change(0, 0, new Replica(7, 1), new Replica(7, 1)).code());
    }

    @Test
    void shouldNeverGiveStructureNumberTwice()
    {
        found();
        final int first = (int) define("m", 0).number();
        assertEquals(first, (int) define("m", 0).number());
        assertEquals(ControlCode.OK, state.apply(new ControlCommand.Drop(first)).code());
        assertNull(state.view().structures().byId(first));
        assertNull(state.view().structures().byName("m"));
        assertEquals(true, (int) define("m", 0).number() > first);
        assertEquals(ControlCode.OK, state.apply(new ControlCommand.Drop(first)).code());
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
        state.apply(new ControlCommand.Drop((int) b));
        assertEquals(ControlCode.OK, define("d", 0).code());
    }

    @Test
    void shouldRefuseBadNamesTimesAndNumbers()
    {
        found();
        assertEquals(ControlCode.INVALID, define("", 0).code());
        assertEquals(ControlCode.INVALID, define("n".repeat(10_240), 0).code());
        assertEquals(ControlCode.INVALID, define("m", -1).code());
        assertEquals(ControlCode.UNKNOWN, state.apply(new ControlCommand.Drop(0)).code());
        assertEquals(ControlCode.UNKNOWN, state.apply(new ControlCommand.Drop(1)).code());
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
        return new ControlState().apply(new ControlCommand.Found(settings)).code();
    }

    private void found()
    {
        assertEquals(ControlCode.OK, state.apply(new ControlCommand.Found(SETTINGS)).code());
    }

    private ControlResult join(final String key)
    {
        return state.apply(new ControlCommand.Join(key, ""));
    }

    private Replica replica(final String key)
    {
        final int id = (int) join(key).number();
        return new Replica(id, member(id).incarnation());
    }

    private Member member(final int id)
    {
        return state.view().members().get(id);
    }

    private ControlResult define(final String name, final long ttlNs)
    {
        return state.apply(new ControlCommand.Define(name, StructureKind.MAP, ttlNs, 0));
    }

    private ControlResult change(
        final int partition, final long epoch, final Replica primary, final Replica... inSync)
    {
        return state.apply(
            new ControlCommand.ChangePartition(partition, epoch, primary.memberId(), List.of(inSync)));
    }
}
