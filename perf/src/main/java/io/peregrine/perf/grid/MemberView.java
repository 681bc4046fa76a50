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
     * @param planned who is to hold it.
     * @param first   who is to lead it.
     */
    record Place(int primary, BitSet inSync, BitSet planned, int first)
    {
        boolean isAsPlanned()
        {
            return primary == first && inSync.equals(planned);
        }
    }

    static MemberView of(final ControlView view, final boolean leads, final int threads, final long takenNs)
    {
        final List<Place> places = new ArrayList<>();
        for (int i = 0; i < view.assignments().size(); i++)
        {
            final Assignment assignment = view.assignments().get(i);
            final List<Integer> plan = view.plan().isEmpty() ? List.of() : view.plan().get(i);
            final BitSet inSync = new BitSet();
            final BitSet planned = new BitSet();
            for (final Replica replica : assignment.inSync())
            {
                inSync.set(number(view, replica.memberId()));
            }
            plan.forEach((member) -> planned.set(number(view, member)));
            places.add(new Place(
                assignment.primary() == Assignment.NO_MEMBER ?
                    Assignment.NO_MEMBER : number(view, assignment.primary()),
                inSync,
                planned,
                plan.isEmpty() ? Assignment.NO_MEMBER : number(view, plan.get(0))));
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
            line.append(' ').append(place.primary()).append('/').append(bits(place.inSync()))
                .append('/').append(bits(place.planned())).append('/').append(place.first());
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
            places.add(new Place(
                Integer.parseInt(parts[0]), bits(parts[1]), bits(parts[2]), Integer.parseInt(parts[3])));
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

    /**
     * @param copies of each partition that there are to be.
     * @return whether there are, each where it is to be.
     */
    boolean isSettled(final int copies)
    {
        return !places.isEmpty() &&
            places.stream().allMatch((place) -> place.isAsPlanned() && place.inSync().cardinality() == copies);
    }
}
