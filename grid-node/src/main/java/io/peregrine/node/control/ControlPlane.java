package io.peregrine.node.control;

import java.util.function.Consumer;

/**
 * A node's way to those who decide, wherever they are. Takes the node in by itself and keeps it in; decisions come back
 * as views. Every method may be called by any thread and returns at once.
 */
public interface ControlPlane extends AutoCloseable
{
    /**
     * Hand a command on. It may get lost, and may come twice; whether it was decided is seen in the view.
     *
     * @param command to decide.
     */
    void submit(ControlCommand command);

    /**
     * Hand a command on, again and again until it is answered.
     *
     * @param command to decide.
     * @param answer  called once, on a thread of the control plane, and must not block. It gets null where no answer
     *                came in time: the command may have been decided, or may be yet.
     */
    void submit(ControlCommand command, Consumer<ControlResult> answer);

    /**
     * @return what is decided, as far as it is known here; the version never goes back.
     */
    ControlView view();

    /**
     * Another node told a later state than this one has. One of another grid is not taken.
     *
     * @param view that it told.
     */
    void learned(ControlView view);

    /**
     * @param listener called with the present view, and then with every later one, never with an earlier one. On a
     *                 thread of the control plane; must not block.
     */
    void listen(Consumer<ControlView> listener);

    /**
     * @return whether those who decide were heard of lately.
     */
    boolean isReachable();

    /**
     * @return what keeps this node from being a member now, and what to do, in words for the operator; null where there
     *         is nothing.
     */
    String trouble();

    /**
     * The node's own life in the grid.
     *
     * @return its member, once it is in the view; null before, and when its life there has ended, which no node
     *         survives: it has to stop, or to begin again without what it held.
     */
    Member self();

    /**
     * Take no part any more. The member stays one until it is put out or begins another life.
     */
    @Override
    void close();
}
