package io.peregrine.node.control;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LoneControlTest
{
    private static final int MAPS = 10_000;

    private final LoneControl control = new LoneControl();

    @Test
    void shouldHoldEveryPartitionWhenFounded()
    {
        final Member self = control.found(new GridSettings(256, 2, 1, MAPS, 4096, 1024, 1_000), "lone", "", 1);
        final ControlView view = control.view();
        assertEquals(256, view.assignments().size());
        for (final Assignment assignment : view.assignments())
        {
            assertEquals(1, assignment.epoch());
            assertEquals(self.id(), assignment.primary());
            assertEquals(1, assignment.inSync().size());
        }
    }

    @Test
    void shouldFindEachOfTenThousandMaps()
    {
        control.found(new GridSettings(1, 2, 1, MAPS, 4096, 1024, 1_000), "lone", "", 1);
        for (int i = 0; i < MAPS; i++)
        {
            assertTrue(control.decide(new ControlCommand.Define("map-" + i, StructureKind.MAP, 0, 0)).ok());
        }

        final StructureTable structures = control.view().structures();
        assertEquals(MAPS, structures.size());
        for (int i = 0; i < MAPS; i++)
        {
            final StructureDefinition definition = structures.byName("map-" + i);
            assertEquals(definition, structures.byId(definition.id()));
            assertEquals("map-" + i, definition.name());
        }
        assertEquals(
            ControlCode.LIMIT,
            control.decide(new ControlCommand.Define("one-more", StructureKind.MAP, 0, 0)).code());
    }

    @Test
    void shouldRefuseToFoundOutOfRange()
    {
        assertThrows(
            IllegalArgumentException.class,
            () -> control.found(new GridSettings(0, 2, 1, 1, 1, 1, 1_000), "lone", "", 1));
    }
}
