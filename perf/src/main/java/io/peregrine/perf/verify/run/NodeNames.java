package io.peregrine.perf.verify.run;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the nodes are called and where they are: each has a host of its own on this machine, so that a link between two
 * of them can be told from all others.
 *
 * @param count of nodes.
 * @param port  of each of them; further ones follow.
 */
record NodeNames(int count, int port)
{
    private static final String PREFIX = "node-";
    private static final int SEEDS = 3;
    private static final int CONTROL_PORT = 2;

    static int number(final String name)
    {
        return Integer.parseInt(name, PREFIX.length(), name.length(), 10);
    }

    String name(final int number)
    {
        return PREFIX + number;
    }

    String host(final int number)
    {
        return "127.0.1." + (number + 1);
    }

    String address(final int number)
    {
        return host(number) + ":" + port;
    }

    String addresses()
    {
        return IntStream.range(0, count).mapToObj(this::address).collect(Collectors.joining(","));
    }

    String seeds()
    {
        return IntStream.range(0, count < SEEDS ? 1 : SEEDS)
            .mapToObj((number) -> name(number) + "=" + host(number) + ":" + (port + CONTROL_PORT))
            .collect(Collectors.joining(","));
    }
}
