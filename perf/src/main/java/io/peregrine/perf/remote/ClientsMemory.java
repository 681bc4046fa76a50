package io.peregrine.perf.remote;

import io.peregrine.perf.rig.JsonLines;

import java.util.Locale;

/**
 * What the process of a node has in memory, resident, shared pages included.
 *
 * @param mode     how clients reach the node.
 * @param clients  connected and idle.
 * @param beforeMb without them.
 * @param withMb   with them.
 */
public record ClientsMemory(String mode, int clients, double beforeMb, double withMb)
{
    /**
     * As JSON.
     *
     * @return one object.
     */
    public String json()
    {
        return "{\"name\":\"memory of clients\",\"mode\":" + JsonLines.text(mode) +
            ",\"clients\":" + clients +
            ",\"before_mb\":" + JsonLines.number(beforeMb) +
            ",\"with_mb\":" + JsonLines.number(withMb) +
            ",\"more_mb\":" + JsonLines.number(withMb - beforeMb) +
            ",\"verdict\":\"OK\"}";
    }

    /**
     * For people.
     *
     * @return one line.
     */
    public String text()
    {
        return String.format(
            Locale.ROOT,
            "memory of clients: the node has %.1f MB without %,d idle clients, and %.1f MB with them",
            beforeMb, clients, withMb);
    }
}
