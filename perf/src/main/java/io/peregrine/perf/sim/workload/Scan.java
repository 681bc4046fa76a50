package io.peregrine.perf.sim.workload;

import java.util.ArrayList;
import java.util.List;

/**
 * A scan of one partition, page by page.
 */
final class Scan
{
    final List<String> keys = new ArrayList<>();
    final long beganNs;

    Scan(final long beganNs)
    {
        this.beganNs = beganNs;
    }

    void add(final List<Seen> page)
    {
        page.forEach((seen) -> keys.add(seen.key()));
    }
}
