package io.peregrine.node.command;

import io.peregrine.client.NodeStatus;
import io.peregrine.client.PartitionsStatus;
import io.peregrine.client.PartitionsStatus.CopyStatus;
import io.peregrine.client.PartitionsStatus.PartitionStatus;
import io.peregrine.client.PartitionsStatus.State;
import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SafeStopTest
{
    private static final CopyStatus OTHER = new CopyStatus(1, true, true, false, 3);
    private int minInSync = 1;
    private boolean isControlReached = true;

    @Test
    void shouldLetANodeStopWhoseCopiesAllHaveAnother()
    {
        assertEquals(List.of(), reasons(List.of(node("b", "live", true)), OTHER));
    }

    @Test
    void shouldCountOnNobodyWhoIsSilentAbsentOrInAnotherLife()
    {
        assertEquals(1, reasons(List.of(node("b", "live", false)), OTHER).size());
        assertEquals(1, reasons(List.of(node("b", "absent", true)), OTHER).size());
        assertEquals(1, reasons(List.of(node("b", "live", true)), new CopyStatus(1, true, true, true, 0)).size());
        assertEquals(1, reasons(List.of(node("b", "live", true)), new CopyStatus(1, false, true, false, 0)).size());
        assertEquals(1, reasons(List.of(node("b", "live", true))).size());
    }

    @Test
    void shouldNeedAsManyOthersAsAWriteNeeds()
    {
        minInSync = 2;
        final List<NodeAnswer> others = List.of(node("b", "live", true), node("c", "live", true));
        assertEquals(1, reasons(others, OTHER).size());
        assertEquals(List.of(), reasons(others, OTHER, new CopyStatus(2, true, false, false, 0)));
    }

    @Test
    void shouldNeedSomebodyWhoDecidesWhoTakesOver()
    {
        isControlReached = false;
        final List<String> reasons = reasons(List.of(node("b", "live", true)), OTHER);
        assertEquals(1, reasons.size());
        assertTrue(reasons.get(0).contains("control plane"), reasons.get(0));
    }

    @Test
    void shouldKnowNoNodeThatIsNotThere()
    {
        assertNull(new SafeStop(new GridTable(List.of(first(List.of())))).find("b"));
    }

    @Test
    void shouldTellHowFarCopiesAreByWhoLeadsAndNewOnesByWhoTakesThem()
    {
        final CopyStatus taken = new CopyStatus(1, false, true, false, -1);
        final PartitionStatus there = new PartitionStatus(0, 5, 0, 0, State.LOADING, 40, List.of());
        final NodeAnswer taker = new NodeAnswer(
            member(1, "b", "live"), null, new PartitionsStatus(6, 2, 1, true, "", List.of(there)), null);
        final GridTable table = new GridTable(List.of(first(List.of(taken)), taker));
        assertEquals(new Moves(1, 1, 0, 0, 100, 60), Moves.of(table));
        assertEquals(30, new Moves(1, 1, 0, 0, 100, 60).endMs(new Moves(1, 1, 0, 0, 100, 80), 10));
        assertEquals(Moves.NO_END, new Moves(1, 1, 0, 0, 100, 60).endMs(new Moves(1, 1, 0, 0, 100, 60), 10));
        assertEquals(Moves.NO_END, new Moves(1, 0, 0, 0, 0, 0).endMs(new Moves(1, 0, 0, 0, 0, 0), 10));
        assertEquals(0, new GridTable(List.of(first(List.of(OTHER)), taker)).frozen().size());
        assertEquals(3, new GridTable(List.of(first(List.of(OTHER)), taker)).mostBehind(1));
    }

    @Test
    void shouldTellCopiesThatWaitForMemoryAndWhere()
    {
        final CopyStatus wanted = new CopyStatus(1, false, true, false, -1);
        final PartitionStatus there = new PartitionStatus(0, 5, 0, 0, State.STARVED, 0, List.of());
        final NodeAnswer node = new NodeAnswer(
            member(1, "b", "live"), null, new PartitionsStatus(6, 2, 1, true, "", List.of(there)), null);
        final GridTable table = new GridTable(List.of(first(List.of(wanted)), node));
        assertEquals(new Moves(1, 0, 1, 0, 100, 100), Moves.of(table));
        assertEquals(1, table.starved(1));
        assertEquals(0, table.starved(0));
        final StringWriter text = new StringWriter();
        new StatusText(new PrintWriter(text, true)).nodes(table);
        assertTrue(text.toString().contains(", without memory for 1 more"), text::toString);
    }

    private List<String> reasons(final List<NodeAnswer> others, final CopyStatus... copies)
    {
        final List<NodeAnswer> nodes = new ArrayList<>(List.of(first(List.of(copies))));
        for (final NodeAnswer other : others)
        {
            nodes.add(new NodeAnswer(
                member(nodes.size(), other.member().name(), other.member().state()), null, other.partitions(), null));
        }
        final SafeStop rules = new SafeStop(new GridTable(nodes));
        return rules.reasons(rules.find("a"));
    }

    /**
     * It leads partition 0 with 100 entries, and knows the latest decisions.
     */
    private NodeAnswer first(final List<CopyStatus> others)
    {
        final List<CopyStatus> copies = new ArrayList<>(others);
        copies.add(new CopyStatus(0, true, true, false, 0));
        final PartitionStatus partition = new PartitionStatus(0, 5, 0, 0, State.SERVING, 100, copies);
        return new NodeAnswer(
            member(0, "a", "live"), null,
            new PartitionsStatus(7, 2, minInSync, isControlReached, "", List.of(partition)), null);
    }

    private static NodeAnswer node(final String name, final String state, final boolean answers)
    {
        return new NodeAnswer(
            member(1, name, state), null, answers ? new PartitionsStatus(6, 2, 1, true, "", List.of()) : null, null);
    }

    private static NodeStatus.MemberStatus member(final int number, final String name, final String state)
    {
        return new NodeStatus.MemberStatus(number, 1, name, "", state, 0, 1, 1);
    }
}
