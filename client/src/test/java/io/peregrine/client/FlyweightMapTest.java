package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlyweightMapTest
{
    private final FakePort port = new FakePort(4);
    private final Grid grid = port.grid();
    private final FlyweightMap map = grid.flyweightMap("m");
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[64]);
    private final UnsafeBuffer value = new UnsafeBuffer(new byte[256]);
    private final UnsafeBuffer dst = new UnsafeBuffer(new byte[256]);
    private final MapCommand command = new MapCommand();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldPutGetAddAndRemove(final boolean local)
    {
        port.local = local;
        final FlyweightMap bytes = grid.flyweightMap("b");
        key.putLong(3, 42);
        value.putLong(5, 7, ByteOrder.LITTLE_ENDIAN);
        assertEquals(FlyweightMap.ABSENT, bytes.get(key, 3, 8, dst, 0, 256));
        final long version = bytes.put(key, 3, 8, value, 5, 8);
        assertEquals(8, bytes.get(key, 3, 8, dst, 9, 8));
        assertEquals(7, dst.getLong(9, ByteOrder.LITTLE_ENDIAN));
        assertEquals(12, bytes.add(key, 3, 8, 5));
        final int result = bytes.get(key, 3, 8, dst, 0, 7);
        assertTrue(FlyweightMap.isTooLong(result));
        assertEquals(8, FlyweightMap.requiredLength(result));
        assertFalse(bytes.call(command.remove(key, 3, 8).ifVersion(version)).applied());
        assertTrue(bytes.remove(key, 3, 8));
        assertFalse(bytes.remove(key, 3, 8));
        assertEquals(-1, bytes.add(key, 3, 8, -1));
    }

    @Test
    void shouldHandResultsToTheHandlerInOrder()
    {
        final List<String> results = new ArrayList<>();
        map.onResult((id, result) -> results.add(id + " " + result.outcome() + " " + result.number()));
        port.stopped = true;
        final long first = map.offer(command.add(key, 0, 8, 1));
        map.offer(command.add(key, 0, 8, 2));
        map.offer(command.remove(key, 0, 8).ifAbsent());
        assertEquals(0, map.poll());
        assertEquals(3, map.inFlight());
        port.stopped = false;
        map.poll();
        assertEquals(0, map.inFlight());
        assertEquals(List.of(
            first + " APPLIED 1", (first + 1) + " APPLIED 3", (first + 2) + " CONDITION_FAILED 3"), results);
    }

    @Test
    void shouldReadAnOwnWriteInFlight()
    {
        final List<Long> results = new ArrayList<>();
        map.onResult((id, result) -> results.add(id));
        final long id = map.offer(command.put(key, 0, 8, value, 0, 100));
        assertEquals(100, map.get(key, 0, 8, dst, 0, 256));
        assertEquals(List.of(id), results, "results that come while a call waits go to the handler then");
        final long read = map.offerGet(key, 0, 8);
        map.onResult((readId, result) -> results.add(readId * result.valueLength()));
        map.poll();
        assertEquals(List.of(id, read * 100), results);
    }

    @Test
    void shouldSayBackPressuredWhenTheWindowIsFull()
    {
        port.stopped = true;
        for (int i = 0; i < map.maxInFlight(); i++)
        {
            assertTrue(map.offer(command.add(key, 0, 8, 1)) > 0);
        }
        assertEquals(FlyweightMap.BACK_PRESSURED, map.offer(command.add(key, 0, 8, 1)));
        port.stopped = false;
        map.poll();
        assertTrue(map.offer(command.add(key, 0, 8, 1)) > 0);
        port.closed = true;
        assertEquals(FlyweightMap.CLOSED, map.offer(command.add(key, 0, 8, 1)));
    }

    @Test
    void shouldHandOverRequestsThatNobodyAnswersInTime()
    {
        final FlyweightMap hasty = Grids.over(port, 1, 1_000_000_000L).flyweightMap("m2");
        final List<String> results = new ArrayList<>();
        hasty.onResult((id, result) -> results.add(result.outcome() + " " + result.code()));
        port.stopped = true;
        hasty.offer(command.put(key, 0, 8, value, 0, 8));
        assertEquals(1, hasty.poll());
        assertEquals(List.of("UNKNOWN TIMEOUT"), results);
        port.stopped = false;
        hasty.poll();
        assertEquals(1, results.size());
    }

    @Test
    void shouldSendALongOfferInPiecesAsItIsPolled()
    {
        port.maxMessageLength = 256;
        port.claimsLeft = 2;
        final UnsafeBuffer big = new UnsafeBuffer(new byte[2000]);
        big.setMemory(0, 2000, (byte) 9);
        assertTrue(map.offer(command.put(key, 0, 8, big, 0, 2000)) > 0);
        assertEquals(FlyweightMap.BACK_PRESSURED, map.offer(command.remove(key, 0, 8)));
        map.poll();
        assertEquals(1, map.inFlight());
        port.claimsLeft = 100;
        map.poll();
        assertEquals(0, map.inFlight());
        assertEquals(2000, map.get(key, 0, 8, new UnsafeBuffer(new byte[2000]), 0, 2000));
    }

    @Test
    void shouldKeepTheLaneWholeWhenABufferIsTooShort()
    {
        assertThrows(IndexOutOfBoundsException.class, () -> map.put(key, 0, 8, value, 200, 100));
        assertThrows(IndexOutOfBoundsException.class, () -> map.put(key, 60, 8, value, 0, 8));
        assertEquals(0, map.inFlight());
        assertTrue(map.put(key, 0, 8, value, 0, 8) > 0);
    }

    @Test
    void shouldRefuseBadLengths()
    {
        assertThrows(FailedException.class, () -> map.put(key, 0, 0, value, 0, 8));
        assertThrows(FailedException.class, () -> map.put(key, 0, -1, value, 0, 8));
        assertThrows(FailedException.class, () -> map.put(key, 0, 8, value, 0, -1));
        assertThrows(FailedException.class, () -> map.get(key, 0, 5000, dst, 0, 8));
    }

    @Test
    void shouldRefuseToBeUsedByItsOwnHandler()
    {
        map.onResult((id, result) -> map.put(key, 0, 8, value, 0, 8));
        map.offer(command.put(key, 0, 8, value, 0, 8));
        final FailedException ex = assertThrows(FailedException.class, map::poll);
        assertEquals(ErrorCode.ARGUMENT_INVALID, ex.code());
        map.onResult((id, result) -> { });
        assertTrue(map.put(key, 0, 8, value, 0, 8) > 0);
        assertEquals(0, map.inFlight());
    }

    @Test
    void shouldFailAfterClose()
    {
        map.close();
        map.close();
        assertThrows(FailedException.class, () -> map.put(key, 0, 8, value, 0, 8));
    }
}
