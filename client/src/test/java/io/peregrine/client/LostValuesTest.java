package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.peregrine.client.port.ReservedNames;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What is made of the grid's own values when these are lost, or are not what they should be.
 */
class LostValuesTest
{
    private final Grid grid = new FakePort(4).grid();
    private final GridMap<String, byte[]> values =
        ((PortGrid) grid).own(ReservedNames.VALUES, Codecs.STRING, Codecs.BYTES);

    @AfterEach
    void close()
    {
        grid.close();
    }

    @Test
    void shouldGoOnAboveWhatASequenceHasGiven()
    {
        final GridSequence single = grid.sequence("orders");
        final GridSequence blocks = grid.sequence("orders", 5);
        assertEquals(1, single.next());
        for (int i = 2; i <= 6; i++)
        {
            assertEquals(i, blocks.next());
        }
        values.clear();
        assertEquals(7, blocks.next());
        assertEquals(12, single.next());
        values.clear();
        assertEquals(13, single.next());
        for (int i = 8; i <= 11; i++)
        {
            assertEquals(i, blocks.next());
        }
        assertEquals(14, blocks.next());
        values.clear();
        grid.sequence("orders").skipTo(1000);
        assertEquals(1001, single.next());
    }

    @Test
    void shouldBeginACounterAnew()
    {
        final GridCounter counter = grid.counter("trades");
        assertEquals(1, counter.incrementAndGet());
        values.clear();
        assertEquals(0, counter.get());
        assertEquals(1, counter.incrementAndGet());
    }

    @Test
    void shouldSayWhatIsNotANumberAndNotAName()
    {
        values.put("counter/trades", new byte[3]);
        final GridCounter counter = grid.counter("trades");
        assertEquals(ErrorCode.NOT_A_NUMBER, assertThrows(FailedException.class, counter::get).code());
        assertEquals(ErrorCode.NOT_A_NUMBER, assertThrows(FailedException.class, counter::incrementAndGet).code());
        counter.set(5);
        assertEquals(5, counter.get());
        final UnsafeBuffer tooShort = new UnsafeBuffer(new byte[7]);
        assertEquals(ErrorCode.MALFORMED,
            assertThrows(FailedException.class, () -> Elected.CODEC.decode(tooShort, 0, 7)).code());
    }
}
