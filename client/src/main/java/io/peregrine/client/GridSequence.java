package io.peregrine.client;

/**
 * Numbers of the grid that are given once, from 1 on. A handle takes them from the grid by blocks. With blocks of 1, a
 * number that was asked for after another was given is higher, whoever asks. With longer ones that holds for each
 * handle, not between them, and what is left of a block when its handle is given up is given to nobody. For any number
 * of threads; keep the handle.
 */
public interface GridSequence
{
    /**
     * @return name of the sequence.
     */
    String name();

    /**
     * @return how many numbers this handle takes at a time.
     */
    int block();

    /**
     * The next number. Asks the grid once for each block; a call whose outcome is unknown may have used one up.
     *
     * @return positive.
     * @throws FailedException with {@link ErrorCode#OVERFLOW} if no block is left.
     */
    long next();

    /**
     * Give no number up to this one from now on. What was given stays given, and handles use up the blocks that they
     * have.
     *
     * @param last that is not to be given any more, 0 or more.
     */
    void skipTo(long last);

    /**
     * The same sequence without waiting.
     *
     * @return always the same object, for any number of threads.
     */
    AsyncGridSequence async();
}
