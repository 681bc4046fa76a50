package io.peregrine.perf.remote;

import io.peregrine.perf.rig.JsonLines;

import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What a node counted while somebody was a nuisance.
 *
 * @param mode    how clients reach the node.
 * @param kind    of nuisance.
 * @param counted refusals, things dropped and clients cut off, by the names of counters; those that rose.
 */
public record NuisanceCounts(String mode, Nuisance kind, SortedMap<String, Long> counted)
{
    /**
     * As JSON.
     *
     * @return one object.
     */
    public String json()
    {
        return "{\"name\":\"counted by the node\",\"mode\":" + JsonLines.text(mode) +
            ",\"beside\":" + JsonLines.text(kind.name()) +
            counted.entrySet().stream()
                .map((entry) -> "," + JsonLines.text(entry.getKey()) + ":" + entry.getValue())
                .collect(Collectors.joining()) +
            ",\"verdict\":\"OK\"}";
    }

    /**
     * For people.
     *
     * @return one line.
     */
    public String text()
    {
        return "counted by the node meanwhile: " + (counted.isEmpty() ? "nothing" : counted.entrySet().stream()
            .map((entry) -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", ")));
    }
}
