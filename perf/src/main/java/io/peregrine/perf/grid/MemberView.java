package io.peregrine.perf.grid;

import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Member;
import io.peregrine.node.control.Replica;
import io.peregrine.perf.process.NodeNames;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What a node knows of its grid, and something of its process. Pure.
 *
 * @param takenNs when it was looked at.
 * @param version of what was decided.
 * @param leads   whether the node leads the control plane.
 * @param threads of its process beside the JVM's own.
 * @param places  of the partitions.
 */
record MemberView(long takenNs, long version, boolean leads, int threads, List<Place> places)
{
    private static final int HEAD = 4;

    /**
     * Where one partition is; nodes by their numbers.
     *
     * @param primary or {@link Assignment#NO_MEMBER}.
     * @param inSync  who holds what is acknowledged.
     */
    record Place(int primary, BitSet inSync)
    {
    }

    static MemberView of(final ControlView view, final boolean leads, final int threads, final long takenNs)
    {
        final List<Place> places = new ArrayList<>();
        for (final Assignment assignment : view.assignments())
        {
            final BitSet inSync = new BitSet();
            for (final Replica replica : assignment.inSync())
            {
                inSync.set(number(view, replica.memberId()));
            }
            places.add(new Place(
                assignment.primary() == Assignment.NO_MEMBER ?
                    Assignment.NO_MEMBER : number(view, assignment.primary()),
                inSync));
        }

        return new MemberView(takenNs, view.version(), leads, threads, places);
    }

    private static int number(final ControlView view, final int memberId)
    {
        final Member member = view.members().get(memberId);
        return NodeNames.number(member.key());
    }

    /**
     * @return all of it, without a line's end.
     */
    String line()
    {
        final StringBuilder line = new StringBuilder()
            .append(takenNs).append(' ').append(version).append(' ').append(leads).append(' ').append(threads);
        for (final Place place : places)
        {
            line.append(' ').append(place.primary()).append('/').append(bits(place.inSync()));
        }

        return line.toString();
    }

    static MemberView read(final String line)
    {
        final String[] words = line.trim().split(" ");
        final List<Place> places = new ArrayList<>();
        for (int i = HEAD; i < words.length; i++)
        {
            final String[] parts = words[i].split("/");
            places.add(new Place(Integer.parseInt(parts[0]), bits(parts[1])));
        }

        return new MemberView(
            Long.parseLong(words[0]), Long.parseLong(words[1]), Boolean.parseBoolean(words[2]),
            Integer.parseInt(words[3]), places);
    }

    private static String bits(final BitSet set)
    {
        final long[] words = set.toLongArray();
        return Long.toHexString(words.length == 0 ? 0 : words[0]);
    }

    private static BitSet bits(final String text)
    {
        return BitSet.valueOf(new long[]{Long.parseUnsignedLong(text, 16)});
    }
}
