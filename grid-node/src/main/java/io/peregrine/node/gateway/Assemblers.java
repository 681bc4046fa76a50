package io.peregrine.node.gateway;

import io.peregrine.client.port.Assembler;

import java.util.ArrayDeque;

/**
 * What requests in pieces come together in: each is lent to one tag for one request, so that a client with many tags
 * does not leave memory behind in each of them. On the data agent's thread.
 */
final class Assemblers
{
    private static final int SPARE = 64;

    private final ArrayDeque<Assembler> spare = new ArrayDeque<>(SPARE);
    private final int maxLength;

    /**
     * @param maxLength bytes of the longest request.
     */
    Assemblers(final int maxLength)
    {
        this.maxLength = maxLength;
    }

    Assembler lend()
    {
        final Assembler kept = spare.poll();
        return kept == null ? new Assembler(maxLength) : kept;
    }

    void takeBack(final Assembler assembler)
    {
        if (spare.size() < SPARE)
        {
            assembler.reset();
            spare.push(assembler);
        }
    }

    int spares()
    {
        return spare.size();
    }
}
