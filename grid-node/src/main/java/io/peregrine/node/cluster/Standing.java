package io.peregrine.node.cluster;

/**
 * How a seed stands to the control plane.
 */
enum Standing
{
    /**
     * It has nothing, and asks the other seeds before it does anything.
     */
    BLANK,

    /**
     * It forms a new control plane, with others that had nothing; no grid is founded yet.
     */
    FORMING,

    /**
     * It has its part of a control plane that holds a grid.
     */
    MEMBER
}
