package io.peregrine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeasedIdSlotsTest
{
    private final Set<String> asked = new HashSet<>();
    private int free = -1;

    /**
     * A lock of which nobody is given but one.
     */
    private GridLock lock(final String name)
    {
        asked.add(name);
        final boolean isFree = name.equals("ids/" + free + "/trades");
        return (GridLock) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{GridLock.class},
            (lock, method, args) -> isFree ? lease() : null);
    }

    private static LockLease lease()
    {
        return (LockLease) Proxy.newProxyInstance(LockLease.class.getClassLoader(), new Class<?>[]{LockLease.class},
            (lease, method, args) -> method.getReturnType() == boolean.class ? true : lease);
    }

    @Test
    void shouldAskForEverySlotBeforeItRefuses()
    {
        final IdSlot.Source slots = new LeasedIdSlots("trades", this::lock, () -> null);
        assertEquals(ErrorCode.NO_SLOT, assertThrows(RefusedException.class, slots::take).code());
        assertEquals(GridIds.SLOTS, asked.size());
        assertTrue(asked.contains("ids/0/trades") && asked.contains("ids/1023/trades"));
    }

    @Test
    void shouldFindTheOneThatIsFree()
    {
        final IdSlot.Source slots = new LeasedIdSlots("trades", this::lock, () -> null);
        for (free = 0; free < GridIds.SLOTS; free += 341)
        {
            final IdSlot slot = slots.take();
            assertEquals(free, slot.number());
            assertTrue(slot.isHeld());
        }
    }
}
