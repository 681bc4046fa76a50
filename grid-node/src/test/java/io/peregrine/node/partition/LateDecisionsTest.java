package io.peregrine.node.partition;

import io.peregrine.node.codec.MessageHeaderDecoder;
import io.peregrine.node.codec.ViewRequestDecoder;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.StructureKind;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.node.replication.Rules;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Arrays;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What a member does where others have not heard of a decision yet, or it has not.
 */
class LateDecisionsTest
{
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000 * MS;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final Trio trio = new Trio(ReplicationSettings.defaults(), new Rules());
    private int questions;

    @BeforeEach
    void setUp()
    {
        Arrays.fill(trio.hasControl, true);
        trio.pass(SECOND);
        trio.loses = letter ->
        {
            header.wrap(new UnsafeBuffer(letter.bytes()), 0);
            questions += header.templateId() == ViewRequestDecoder.TEMPLATE_ID ? 1 : 0;
            return false;
        };
    }

    @AfterEach
    void tearDown()
    {
        trio.close();
    }

    @Test
    void shouldNotAskForWhatComesByItselfAMomentLater()
    {
        for (int i = 0; i < 50; i++)
        {
            decide("map-" + i);
            trio.tell(0);
            trio.pass(10 * MS);
        }

        assertEquals(0, questions);
        assertVersions();
    }

    @Test
    void shouldAskForWhatDoesNotComeThoughTheControlPlaneIsHeardOf()
    {
        trio.missesDecisions[1] = true;
        decide("other");
        trio.pass(SECOND);
        assertVersions();
    }

    @Test
    void shouldAskAtOnceWhereTheControlPlaneIsOutOfReach()
    {
        trio.hasControl[1] = false;
        decide("other");
        trio.pass(ReplicationSettings.defaults().beatNs() + 3 * Trio.STEP_NS);
        assertVersions();
    }

    @Test
    void shouldTellAgainSoonWhoWasToldOfALeadThatItHadNotHeardOf()
    {
        trio.missesDecisions[0] = true;
        trio.missesDecisions[2] = true;
        trio.changeSet(0, 1, 0, 1, 2);
        trio.pass(3 * Trio.STEP_NS);
        assertFalse(trio.partition(1).isServing());

        Arrays.fill(trio.missesDecisions, false);
        trio.pass(ReplicationSettings.defaults().resendNs() / 2 - 3 * Trio.STEP_NS);
        assertTrue(trio.partition(1).isServing());
    }

    private void decide(final String name)
    {
        trio.control.apply(new ControlCommand.Define(name, StructureKind.MAP, 0, 0), trio.nowNs);
    }

    private void assertVersions()
    {
        for (int i = 0; i < 3; i++)
        {
            assertEquals(trio.control.view().version(), trio.members[i].controlVersionDone(), "member " + i);
        }
    }
}
