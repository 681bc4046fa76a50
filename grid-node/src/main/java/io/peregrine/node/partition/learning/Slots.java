package io.peregrine.node.partition.learning;

/**
 * How many snapshots one data agent gives at a time, and how many learners it knows. Data agent's thread.
 */
public final class Slots
{
    private final int limit;
    private int taken;
    private int sessions;

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

    /**
     * @return whether there is any learner to look after.
     */
    public boolean hasSessions()
    {
        return sessions > 0;
    }

    /**
     * @param change in how many learners a giver knows.
     */
    void sessions(final int change)
    {
        sessions += change;
        assert sessions >= 0 : "more forgotten than known";
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
