package io.peregrine.perf.verify.fault;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What can befall a node.
 */
public enum FaultKind
{
    /** Its process is killed, and started again a while later. */
    KILL,
    /** Its process stands still for a while. */
    PAUSE,
    /** Datagrams between it and another node are lost for a while, in one direction or both. */
    CUT,
    /** It is stopped in order, and started again at once. */
    RESTART;

    /**
     * Read a list.
     *
     * @param list of kinds, between commas.
     * @return the kinds.
     * @throws IllegalArgumentException where one of them is none, with a message for people.
     */
    public static Set<FaultKind> parse(final String list)
    {
        final Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        for (final String word : list.split(",", -1))
        {
            kinds.add(Arrays.stream(values()).filter(kind -> kind.word().equals(word.trim())).findFirst().orElseThrow(
                () -> new IllegalArgumentException("'" + word.trim() + "' is no fault; there are " + Arrays.stream(
                    values()).map(FaultKind::word).collect(Collectors.joining(", ")))));
        }

        return kinds;
    }

    /**
     * As people write it.
     *
     * @return the word.
     */
    public String word()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}
