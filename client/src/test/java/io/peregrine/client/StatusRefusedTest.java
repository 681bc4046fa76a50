package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.Reason;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StatusRefusedTest
{
    private final FakePort port = new FakePort(4);
    private final Grid grid = Grids.over(port, TimeUnit.MINUTES.toNanos(1), 1_000_000_000L);

    @Test
    void shouldSayWhyTheNodeDoesNotTellItsStatus()
    {
        refuse(AnswerKind.REFUSED, Reason.TOO_MANY_IN_FLIGHT);
        final RefusedException later = assertThrows(RefusedException.class, grid::nodeStatus);
        assertEquals(ErrorCode.TOO_MANY_IN_FLIGHT, later.code());
        refuse(AnswerKind.FAILED, Reason.UNSUPPORTED);
        final FailedException never = assertThrows(FailedException.class, grid::nodeStatus);
        assertEquals(ErrorCode.UNSUPPORTED, never.code());
        assertTrue(never.getMessage().contains("nothing was done"), never.getMessage());
        assertNull(grid.map("map", Codecs.STRING, Codecs.STRING).get("key"));
    }

    private void refuse(final AnswerKind kind, final Reason reason)
    {
        port.refuseKind = kind;
        port.refuseNext = reason;
    }
}
