package io.peregrine.client;

/**
 * How a latch is, at the moment of the answer.
 *
 * @param initial where it began; 0 where nobody has used the name, or it was open and is forgotten.
 * @param count   that is left; 0 where it is open.
 * @param waiters that wait for it.
 */
public record LatchInfo(int initial, int count, int waiters)
{
    /**
     * @return whether nobody has to wait for it.
     */
    public boolean isOpen()
    {
        return initial != 0 && count == 0;
    }
}
