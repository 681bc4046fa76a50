package io.peregrine.storage.map;

import io.peregrine.storage.memory.Arena;

/**
 * Shows entries past their end to whoever decides about them. Writer thread.
 * <p>
 * The wheel may still hold entries of maps that were cleared or destroyed and are not yet reclaimed: those are not in
 * any index, and are taken out of the wheel here.
 */
final class Expirer
{
    private final Arena arena;
    private final DeadlineWheel wheel;
    private final MapTable maps;
    private final RecordView view;

    Expirer(final Arena arena, final DeadlineWheel wheel, final MapTable maps, final RecordView view)
    {
        this.arena = arena;
        this.wheel = wheel;
        this.maps = maps;
        this.view = view;
    }

    int expired(final long now, final int limit, final RecordConsumer consumer)
    {
        int work = wheel.advance(now, limit);
        wheel.beginDue();
        for (int ref = wheel.nextDue(); ref != 0 && work < limit; ref = wheel.nextDue())
        {
            work++;
            if (!isLive(view.wrap(ref)))
            {
                wheel.unlink(ref, arena.address(ref));
            }
            else if (!consumer.onRecord(view))
            {
                break;
            }
        }
        wheel.endDue();
        return work;
    }

    private boolean isLive(final RecordView record)
    {
        final MapStore store = maps.get(record.structureId());
        return store != null && store.index().findSlot(MapStore.tag(record.hash()), record.ref()) != 0;
    }
}
