package io.peregrine.node.cluster;

import io.peregrine.node.control.ControlCode;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlResult;
import io.peregrine.node.control.StructureKind;
import io.peregrine.node.control.wire.HostMessage;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AsksTest
{
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final ControlCommand COMMAND = new ControlCommand.Define("m", StructureKind.MAP, 0, 0);
    private static final ControlResult RESULT = new ControlResult(ControlCode.OK, 1, 1);

    private final Asks asks = new Asks();
    private final List<HostMessage.Request> sent = new ArrayList<>();
    private final List<ControlResult> told = new ArrayList<>();

    private void work(final boolean isOpen, final long second)
    {
        asks.work(isOpen, message -> sent.add((HostMessage.Request) message), second * SECOND_NS);
    }

    private void ask()
    {
        asks.add(new Asks.Wish(COMMAND, told::add), 0);
    }

    @Test
    void shouldSendAgainUntilItIsAnswered()
    {
        ask();
        work(true, 0);
        work(true, 0);
        assertEquals(1, sent.size(), "not before time");
        work(true, 1);
        assertEquals(2, sent.size());
        asks.onReply(new HostMessage.Reply(sent.get(0).correlation(), 0, RESULT));
        work(true, 2);
        assertEquals(2, sent.size());
        assertEquals(List.of(RESULT), told);
        assertEquals(0, asks.silenceNs(2 * SECOND_NS));
    }

    @Test
    void shouldNotTakeTheSilenceOfOneSessionForThatOfTheNext()
    {
        ask();
        work(true, 0);
        assertTrue(asks.silenceNs(4 * SECOND_NS) >= Asks.LOST_NS);
        asks.onSession();
        assertEquals(0, asks.silenceNs(4 * SECOND_NS), "nothing was sent in it yet");
        work(false, 5);
        assertEquals(0, asks.silenceNs(6 * SECOND_NS));
        work(true, 7);
        assertEquals(2, sent.size(), "sent anew at once");
        assertEquals(SECOND_NS, asks.silenceNs(8 * SECOND_NS));
    }

    @Test
    void shouldSayThatItIsNotKnownWhenItWaitedTooLong()
    {
        ask();
        work(true, 0);
        work(true, 29);
        assertTrue(told.isEmpty());
        work(true, 30);
        assertEquals(1, told.size());
        assertNull(told.get(0));
    }

    @Test
    void shouldDropWhatNobodyWaitsForWhereNobodyIsReached()
    {
        asks.add(new Asks.Wish(COMMAND, null), 0);
        work(false, 0);
        work(true, 0);
        assertTrue(sent.isEmpty());
    }

    @Test
    void shouldTellTheNextWhoLeadsWhatTheOneBeforeWasToldAndDidNotAnswer()
    {
        asks.add(new Asks.Wish(COMMAND, null), 0);
        work(true, 0);
        work(true, 1);
        assertEquals(1, sent.size(), "nobody waits for the answer");
        work(false, 2);
        asks.onSession();
        work(true, 3);
        assertEquals(2, sent.size());
    }

    @Test
    void shouldNotTellTheNextWhoLeadsWhatIsOldAndNobodyWaitsFor()
    {
        asks.add(new Asks.Wish(COMMAND, null), 0);
        work(true, 0);
        work(false, 4);
        asks.onSession();
        work(true, 4);
        assertEquals(1, sent.size());
    }
}
