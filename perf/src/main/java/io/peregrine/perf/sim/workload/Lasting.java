package io.peregrine.perf.sim.workload;

import io.peregrine.client.codec.Condition;
import io.peregrine.perf.linear.Fate;
import io.peregrine.perf.sim.world.Violation;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * Entries that were made and are never removed: every scan that begins later returns each of them, once.
 */
final class Lasting
{
    private final Map<String, Long> madeNs = new HashMap<>();
    private final Keys keys;

    Lasting(final Keys keys)
    {
        this.keys = keys;
    }

    /**
     * What the partition held is lost.
     */
    void onLoss(final int partition)
    {
        madeNs.keySet().removeIf((key) -> keys.partition(key) == partition);
    }

    void answered(final Item item, final Fate fate, final long nowNs)
    {
        if (item.key().charAt(0) == Keys.LASTING && item.condition() == Condition.ABSENT && fate == Fate.DONE)
        {
            madeNs.putIfAbsent(item.key(), nowNs);
        }
    }

    /**
     * A scan has come to its end.
     */
    void scanned(final int partition, final Scan scan)
    {
        madeNs.forEach((key, made) ->
        {
            if (made < scan.beganNs && keys.partition(key) == partition &&
                Collections.frequency(scan.keys, key) != 1)
            {
                throw new Violation("a scan from " + scan.beganNs + " on returned " + key + ", which was made at " +
                    made + " and stays, " + Collections.frequency(scan.keys, key) + " times: " + scan.keys);
            }
        });
    }
}
