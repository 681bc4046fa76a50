package io.peregrine.node.partition.learning;

/**
 * How many snapshots one data agent gives at a time.
 */
public final class Slots
{
    private final int limit;
    private int taken;

    /**
     * @param limit the most at one time.
     */
    public Slots(final int limit)
    {
        this.limit = limit;
    }

    /**
     * @return how many are taken.
     */
    public int taken()
    {
        return taken;
    }

    boolean take()
    {
        if (taken == limit)
        {
            return false;
        }

        taken++;
        return true;
    }

    void giveBack()
    {
        taken--;
        assert taken >= 0 : "more given back than taken";
    }
}
