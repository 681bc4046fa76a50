package io.peregrine.node.control;

import java.util.function.Consumer;

/**
 * Hosts the control plane inside one node that is alone: decides at once, on the thread that asks. Deciding is rare and
 * takes a lock; reading the view is one volatile read. Nothing here depends on grid time, which stands still.
 */
public final class LoneControl implements ControlPlane
{
    private final ControlState state = new ControlState();
    private volatile ControlView view = state.view();
    private volatile Member self;

    /**
     * Found a grid of one member that holds every partition.
     *
     * @param settings of the grid.
     * @param key      of the member.
     * @param address  of the member, or empty.
     * @param agents   data agents of the member.
     * @return the member.
     */
    public synchronized Member found(
        final GridSettings settings, final String key, final String address, final int agents)
    {
        require(state.apply(new ControlCommand.Found(settings), 0));
        final ControlCommand.Join join = new ControlCommand.Join(key, address, 1, "", agents, 0, 0);
        final ControlResult joined = require(state.apply(join, 0));
        view = state.view();
        self = view.members().get((int) joined.number());
        return self;
    }

    /**
     * @param command to decide.
     * @return what was decided; it is in the view before this returns.
     */
    public synchronized ControlResult decide(final ControlCommand command)
    {
        final ControlResult result = state.apply(command, 0);
        view = state.view();
        return result;
    }

    @Override
    public void submit(final ControlCommand command)
    {
        decide(command);
    }

    @Override
    public void submit(final ControlCommand command, final Consumer<ControlResult> answer)
    {
        answer.accept(decide(command));
    }

    @Override
    public ControlView view()
    {
        return view;
    }

    @Override
    public void learned(final ControlView told)
    {
        // Nobody else decides.
    }

    /**
     * Nothing of a lone node follows later views but its agents, which look for themselves.
     */
    @Override
    public void listen(final Consumer<ControlView> listener)
    {
        listener.accept(view);
    }

    @Override
    public boolean isReachable()
    {
        return true;
    }

    @Override
    public String trouble()
    {
        return null;
    }

    @Override
    public Member self()
    {
        return self;
    }

    @Override
    public void close()
    {
        // There is nothing to give back.
    }

    private static ControlResult require(final ControlResult result)
    {
        if (!result.ok())
        {
            throw new IllegalArgumentException("a lone grid cannot be founded: " + result.code());
        }

        return result;
    }
}
