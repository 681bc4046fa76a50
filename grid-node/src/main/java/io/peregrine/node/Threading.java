package io.peregrine.node;

/**
 * Which threads a node runs on.
 */
public enum Threading
{
    /**
     * Each data agent has a thread, and the first one invokes the media driver too. Best on few cores.
     */
    INLINE,

    /**
     * The media driver has threads of its own beside those of the data agents.
     */
    DEDICATED,

    /**
     * No thread: the application calls {@link GridNode#invoke()}, and a call that waits drives the node meanwhile.
     */
    INVOKER
}
