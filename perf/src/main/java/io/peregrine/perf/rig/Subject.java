package io.peregrine.perf.rig;

/**
 * Operations of one kind on one driving thread. Each implementation has the loop itself, so that the compiler sees one
 * subject at a time and the call into it is paid once for many operations. Steady state does not allocate.
 */
public interface Subject extends AutoCloseable
{
    /**
     * Do operations and check each answer.
     *
     * @param first number of the first operation; rises without gaps over a round.
     * @param count of operations.
     * @return how many answers were wrong or missing.
     */
    int run(long first, int count);

    @Override
    default void close()
    {
    }
}
