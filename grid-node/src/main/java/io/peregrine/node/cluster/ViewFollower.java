package io.peregrine.node.cluster;

import io.peregrine.node.control.ControlState;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.wire.HostMessage;
import io.peregrine.node.control.wire.MalformedException;
import io.peregrine.node.control.wire.ViewReader;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A node's copy of the control plane's state: decides the same commands again, and takes the whole where one is
 * missing: until then it knows that there is more than it has. Its version never goes back, and it never becomes that
 * of another grid. Pure; one thread.
 */
final class ViewFollower
{
    private final ControlState state = new ControlState();
    private final Pieces pieces = new Pieces();
    private final ViewReader reader = new ViewReader();
    private ControlView view = state.view();
    private long heardOf;

    ControlView view()
    {
        return view;
    }

    /**
     * A session with a host begins; what was heard of in another one does not count.
     *
     * @param hostVersion version of its state.
     */
    void onSession(final long hostVersion)
    {
        heardOf = hostVersion;
    }

    /**
     * @return whether there is a later state than this one, and the whole has to be asked for.
     */
    boolean isWholeWanted()
    {
        return view.version() < heardOf;
    }

    void onEvent(final HostMessage.Event event)
    {
        heardOf = Math.max(heardOf, event.after());
        if (event.before() == view.version() && event.after() > view.version())
        {
            state.apply(event.command(), event.timeNs());
            final ControlView next = state.view();
            if (next.version() == event.after() && next.digest() == event.digest())
            {
                view = next;
            }
            else
            {
                state.load(view);
            }
        }
    }

    /**
     * @throws MalformedException where the pieces are no state.
     */
    void onPiece(final HostMessage.Piece piece) throws MalformedException
    {
        final byte[] whole = pieces.onPiece(piece);
        if (whole != null)
        {
            learned(reader.decode(new UnsafeBuffer(whole), 0, whole.length));
        }
    }

    /**
     * @param later state, as somebody tells it; taken if it is one.
     */
    void learned(final ControlView later)
    {
        final boolean isOurs = view.gridId() == 0 || view.gridId() == later.gridId();
        if (isOurs && later.version() > view.version())
        {
            state.load(later);
            view = later;
        }
    }
}
