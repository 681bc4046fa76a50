package io.peregrine.perf.process;

import io.peregrine.node.cluster.Seeds;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the nodes of a grid of processes are called and where they are: each has a host of its own on this machine, so
 * that a link between two of them can be told from all others.
 *
 * @param count of nodes.
 * @param seeds of them, the first ones, which host the control plane.
 * @param port  of each of them; further ones follow.
 */
public record NodeNames(int count, int seeds, int port)
{
    /**
     * Of each node, in a row: its own two, and those of the control plane.
     */
    public static final int PORTS = 2 + Seeds.PORTS;

    private static final String PREFIX = "node-";
    private static final int SEEDS = 3;
    private static final int CONTROL_PORT = 2;

    /**
     * As many seeds as there can be usefully: three, or one where there are fewer nodes.
     *
     * @param count of nodes.
     * @param port  of each of them.
     */
    public NodeNames(final int count, final int port)
    {
        this(count, count < SEEDS ? 1 : SEEDS, port);
    }

    /**
     * The number in a name.
     *
     * @param name of a node.
     * @return its number.
     */
    public static int number(final String name)
    {
        return Integer.parseInt(name, PREFIX.length(), name.length(), 10);
    }

    /**
     * Of a node.
     *
     * @param number of the node.
     * @return its name.
     */
    public String name(final int number)
    {
        return PREFIX + number;
    }

    /**
     * Of a node.
     *
     * @param number of the node.
     * @return the host that it has to itself.
     */
    public String host(final int number)
    {
        return "127.0.1." + (number + 1);
    }

    /**
     * Of a node.
     *
     * @param number of the node.
     * @return where clients and other nodes reach it.
     */
    public String address(final int number)
    {
        return host(number) + ":" + port;
    }

    /**
     * Of all nodes.
     *
     * @return where clients reach them.
     */
    public String addresses()
    {
        return IntStream.range(0, count).mapToObj(this::address).collect(Collectors.joining(","));
    }

    /**
     * Who hosts the control plane.
     *
     * @return the setting of every node.
     */
    public String seedAddresses()
    {
        return IntStream.range(0, seeds)
            .mapToObj((number) -> name(number) + "=" + host(number) + ":" + (port + CONTROL_PORT))
            .collect(Collectors.joining(","));
    }
}
