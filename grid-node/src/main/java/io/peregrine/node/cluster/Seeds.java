package io.peregrine.node.cluster;

import io.peregrine.transport.process.UdpPort;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The nodes that host the control plane: one, three or five, each by name, host and the first of its ports. Every node
 * of a grid is told the same ones. Immutable.
 *
 * @param all in the order in which they are configured.
 */
public record Seeds(List<Seed> all)
{
    /**
     * Ports that a seed needs, from the one that is configured on.
     */
    public static final int PORTS = 6;

    private static final int STATUS = 0;
    private static final int INGRESS = 1;
    private static final int CONSENSUS = 2;
    private static final int CATCHUP = 4;
    private static final int ARCHIVE = 5;
    private static final int HIGHEST_PORT = 65_535;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long FNV_START = 0xcbf29ce484222325L;

    /**
     * One of them.
     *
     * @param name of the node.
     * @param host where it is reached.
     * @param port the first of its ports.
     */
    public record Seed(String name, String host, int port)
    {
        private String endpoint(final int offset)
        {
            return host + ":" + (port + offset);
        }

        /**
         * @param endpoint at which the node is reached; it answers from the port after that.
         * @return whether one of these two ports is also one of this seed's.
         */
        public boolean needs(final String endpoint)
        {
            final int first = Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
            return first + 1 >= port && first < port + PORTS;
        }

        int statusPort()
        {
            return port + STATUS;
        }

        String archiveEndpoint()
        {
            return endpoint(ARCHIVE);
        }

        String consensusEndpoint()
        {
            return endpoint(CONSENSUS);
        }

        String catchupEndpoint()
        {
            return endpoint(CATCHUP);
        }
    }

    /**
     * @return seeds that nobody can change.
     */
    public Seeds
    {
        all = List.copyOf(all);
    }

    /**
     * @param text NAME=HOST:PORT, with commas between them.
     * @return the seeds.
     * @throws IllegalArgumentException with what is wrong, and what to do.
     */
    public static Seeds parse(final String text)
    {
        final List<Seed> seeds = new ArrayList<>();
        for (final String part : text.split(",", -1))
        {
            seeds.add(seed(part.trim()));
        }

        final Set<String> seen = new HashSet<>();
        for (final Seed seed : seeds)
        {
            require(seen.add(seed.name()), "the seed '" + seed.name() + "' is named twice: name each node once");
            for (int offset = 0; offset < PORTS; offset++)
            {
                require(seen.add(seed.endpoint(offset)), "two seeds would use " + seed.endpoint(offset) +
                    ": leave " + PORTS + " ports to each");
            }
        }
        require(seeds.size() == 1 || seeds.size() == 3 || seeds.size() == 5, seeds.size() + " seeds: a decision " +
            "needs more than half of them, so that two are less safe than one and four no safer than three; " +
            "name one, three or five");
        return new Seeds(seeds);
    }

    /**
     * @param text of the setting.
     * @return why it cannot be used; null where it can, as an empty one can for a node that is alone.
     */
    public static String against(final String text)
    {
        try
        {
            return text.isEmpty() || parse(text) != null ? null : text;
        }
        catch (final IllegalArgumentException ex)
        {
            return ex.getMessage();
        }
    }

    private static Seed seed(final String text)
    {
        final int equals = text.indexOf('=');
        require(equals > 0 && text.substring(0, equals).matches("[A-Za-z0-9._-]{1,64}") &&
            UdpPort.isEndpoint(text.substring(equals + 1)), "'" + text + "' is no seed: write NAME=HOST:PORT");
        final String endpoint = text.substring(equals + 1);
        final int colon = endpoint.lastIndexOf(':');
        final int port = Integer.parseInt(endpoint.substring(colon + 1));
        require(port > 0 && port + PORTS - 1 <= HIGHEST_PORT, "the seed '" + text + "' needs " + PORTS +
            " ports from the one named on: name one between 1 and " + (HIGHEST_PORT - PORTS + 1));
        return new Seed(text.substring(0, equals), endpoint.substring(0, colon), port);
    }

    private static void require(final boolean condition, final String otherwise)
    {
        if (!condition)
        {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /**
     * @param name of a node.
     * @return which seed it is, or -1.
     */
    public int indexOf(final String name)
    {
        return IntStream.range(0, all.size()).filter(i -> all.get(i).name().equals(name)).findFirst().orElse(-1);
    }

    /**
     * @return where they are, for people.
     */
    String addresses()
    {
        return all.stream().map((seed) -> seed.name() + "=" + seed.endpoint(0)).collect(Collectors.joining(", "));
    }

    int count()
    {
        return all.size();
    }

    Seed get(final int index)
    {
        return all.get(index);
    }

    /**
     * @return the members as Aeron Cluster wants them.
     */
    String members()
    {
        return IntStream.range(0, all.size()).mapToObj(i -> i + "," + IntStream.range(INGRESS, PORTS)
            .mapToObj(all.get(i)::endpoint).collect(Collectors.joining(","))).collect(Collectors.joining("|"));
    }

    /**
     * @return where requests go, as Aeron Cluster's clients want it.
     */
    String ingress()
    {
        return IntStream.range(0, all.size())
            .mapToObj(i -> i + "=" + all.get(i).endpoint(INGRESS)).collect(Collectors.joining(","));
    }

    /**
     * @param except one that is left out.
     * @return where the others talk about decisions.
     */
    String consensusEndpoints(final int except)
    {
        return IntStream.range(0, all.size()).filter(i -> i != except)
            .mapToObj(i -> all.get(i).endpoint(CONSENSUS)).collect(Collectors.joining(","));
    }

    /**
     * @param grid name of the grid.
     * @return number that is the same on nodes that are configured alike.
     */
    long hash(final String grid)
    {
        final Function<Seed, String> text = seed -> seed.name() + "=" + seed.endpoint(0);
        return hashOf(grid + "," + all.stream().map(text).collect(Collectors.joining(",")));
    }

    /**
     * @param text any.
     * @return number that is the same for the same text, on all nodes.
     */
    static long hashOf(final String text)
    {
        long hash = FNV_START;
        for (int i = 0; i < text.length(); i++)
        {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }

        return hash;
    }
}
