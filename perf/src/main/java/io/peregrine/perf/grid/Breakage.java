package io.peregrine.perf.grid;

/**
 * What befalls a node.
 */
public enum Breakage
{
    /**
     * It is killed, and does not lead the control plane.
     */
    KILL("kill"),

    /**
     * It is killed, and leads the control plane.
     */
    KILL_LEADER("kill-leader"),

    /**
     * It stands still for a while, and does not lead the control plane.
     */
    PAUSE("pause");

    private final String label;

    Breakage(final String label)
    {
        this.label = label;
    }

    boolean isOfLeader()
    {
        return this == KILL_LEADER;
    }

    /**
     * @return its name on the command line and in reports.
     */
    @Override
    public String toString()
    {
        return label;
    }
}
