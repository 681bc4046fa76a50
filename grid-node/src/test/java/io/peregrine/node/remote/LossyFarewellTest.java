package io.peregrine.node.remote;

import io.peregrine.client.GridClient;
import io.peregrine.client.GridLock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Clients that take leave while a third of all datagrams is lost, on the way to the node and from it.
 */
@Tag("long")
@Timeout(300)
class LossyFarewellTest
{
    private static final double RATE = 0.3;

    @Test
    void shouldHoldNothingAndWaitForNothingOnceItIsClosed() throws Exception
    {
        try (Served served = new Served(); GridClient client = served.connect())
        {
            final GridLock wanted = client.grid().lock(ChildLeaver.WANTED);
            wanted.acquire(Duration.ofHours(1));
            final List<String> flags = Lossy.flags(RATE);
            final Process child =
                Children.start(ChildLeaver.class, flags, served.address(), served.liveDirectory());
            Children.awaitLine(child, ChildLeaver.READY);
            Served.await("the waiter", () -> wanted.show().waiters() == 1);
            for (int i = 0; i < ChildLeaver.LOCKS; i++)
            {
                assertTrue(client.grid().lock(ChildLeaver.name(i)).show().held());
            }

            assertEquals("CLOSED", Children.end(child));
            assertEquals(0, wanted.show().waiters());
            for (int i = 0; i < ChildLeaver.LOCKS; i++)
            {
                assertFalse(client.grid().lock(ChildLeaver.name(i)).show().held(), ChildLeaver.name(i));
            }
            Lossy.assertLoss(served);
        }
    }
}
