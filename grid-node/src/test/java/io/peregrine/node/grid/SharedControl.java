package io.peregrine.node.grid;

import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlPlane;
import io.peregrine.node.control.ControlResult;
import io.peregrine.node.control.ControlState;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.GridSettings;
import io.peregrine.node.control.Member;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * One control plane for several nodes of a JVM, decided on the thread that asks. A way to it can be cut.
 */
final class SharedControl
{
    private final ControlState state = new ControlState();
    private volatile ControlView view;

    SharedControl(final GridSettings settings)
    {
        decide(new ControlCommand.Found(settings, ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)));
    }

    ControlView view()
    {
        return view;
    }

    synchronized ControlResult decide(final ControlCommand command)
    {
        final ControlResult result = state.apply(command, System.nanoTime());
        view = state.view();
        return result;
    }

    /**
     * Take a node in, in a new life.
     */
    Way join(final String key, final String address, final int agents)
    {
        final long startId = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        final long after = view.members().stream()
            .filter((member) -> member.key().equals(key)).mapToLong(Member::incarnation).findFirst().orElse(0);
        decide(new ControlCommand.Join(key, address, 1, "", agents, startId, after));
        return new Way(startId);
    }

    /**
     * The way of one node in one life.
     */
    final class Way implements ControlPlane
    {
        private final long startId;
        private ControlView known = view;
        private volatile boolean isCut;

        private Way(final long startId)
        {
            this.startId = startId;
        }

        /**
         * Nothing is decided through here any more once this has returned.
         */
        void cut(final boolean isNowCut)
        {
            synchronized (SharedControl.this)
            {
                isCut = isNowCut;
            }
        }

        @Override
        public void submit(final ControlCommand command)
        {
            decideUnlessCut(command);
        }

        @Override
        public void submit(final ControlCommand command, final Consumer<ControlResult> answer)
        {
            answer.accept(decideUnlessCut(command));
        }

        private ControlResult decideUnlessCut(final ControlCommand command)
        {
            synchronized (SharedControl.this)
            {
                return isCut ? null : decide(command);
            }
        }

        @Override
        public synchronized ControlView view()
        {
            known = isCut ? known : view;
            return known;
        }

        @Override
        public synchronized void learned(final ControlView told)
        {
            known = told.version() > known.version() ? told : known;
        }

        @Override
        public void listen(final Consumer<ControlView> listener)
        {
            // Whoever wants later ones looks for himself.
            listener.accept(view());
        }

        @Override
        public boolean isReachable()
        {
            return !isCut;
        }

        @Override
        public String trouble()
        {
            return null;
        }

        @Override
        public Member self()
        {
            return view().members().stream().filter((member) -> member.startId() == startId).findFirst().orElse(null);
        }

        @Override
        public void close()
        {
            isCut = true;
        }
    }
}
