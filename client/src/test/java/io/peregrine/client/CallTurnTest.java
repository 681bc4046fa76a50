package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallTurnTest
{
    private static final long LONG = TimeUnit.SECONDS.toNanos(100);

    private final CallTurn turn = new CallTurn();

    @Test
    void shouldBeginCallsInTheOrderAskedEachWhenTheOneBeforeHasEnded()
    {
        final List<Integer> begun = new ArrayList<>();
        turn.whenTaken(() -> begun.add(1));
        turn.whenTaken(() -> begun.add(2));
        turn.whenTaken(() -> begun.add(3));
        assertEquals(List.of(1), begun);
        turn.give();
        assertEquals(List.of(1, 2), begun);
        assertFalse(turn.tryTake());
        turn.give();
        assertEquals(List.of(1, 2, 3), begun);
        turn.give();
        assertTrue(turn.tryTake());
    }

    @Test
    void shouldLetWhoeverWaitsHaveTheTurnOnceItIsGivenBack()
    {
        turn.take(LONG);
        final CompletableFuture<Void> other = CompletableFuture.runAsync(() -> turn.take(LONG));
        assertFalse(other.isDone());
        turn.give();
        other.orTimeout(100, TimeUnit.SECONDS).join();
        assertFalse(turn.tryTake());
        turn.give();
        assertTrue(turn.tryTake());
    }

    @Test
    void shouldNotWaitLongerThanAskedNorWhenInterrupted()
    {
        turn.take(LONG);
        assertEquals(ErrorCode.BACK_PRESSURE, assertThrows(RefusedException.class, () -> turn.take(1)).code());
        Thread.currentThread().interrupt();
        assertEquals(ErrorCode.INTERRUPTED, assertThrows(RefusedException.class, () -> turn.take(LONG)).code());
        assertTrue(Thread.interrupted());
        turn.give();
        turn.take(1);
    }
}
