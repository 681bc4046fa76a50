package io.peregrine.node.partition;

import io.peregrine.client.port.KeyHash;
import io.peregrine.storage.memory.MemoryBudget;
import io.peregrine.storage.memory.PagePool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

class AgentMemoryTest
{
    private static final int MAX_ENTRY = 4096;

    /**
     * Each copy may need its next page at the same time as all others.
     */
    @ParameterizedTest
    @CsvSource({
        "1024, 1, 32",
        "1024, 100, 100",
        "1024, 1000, 128",
        "8192, 100, 256",
        "8192, 1000, 1000"})
    void shouldLeaveAPageToEachCopyOrAPartOfAllMemory(final int pages, final int partitions, final int left)
    {
        final AgentMemory memory =
            new AgentMemory(new MemoryBudget((long) pages * PagePool.PAGE_SIZE), MAX_ENTRY, KeyHash::hash);
        try
        {
            final long before = memory.room();
            memory.leaveRoomForOthers(partitions);
            assertEquals(left, before - memory.room());
        }
        finally
        {
            memory.close();
        }
    }
}
