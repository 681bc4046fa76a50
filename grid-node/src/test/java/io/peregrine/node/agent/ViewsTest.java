package io.peregrine.node.agent;

import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlPlane;
import io.peregrine.node.control.ControlResult;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Member;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.function.Consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

class ViewsTest
{
    private final Control control = new Control();
    private final Views views = new Views(control);
    private ControlView taken;

    @Test
    void shouldGiveEachStateInItsOrderWhereTheAgentIsBehind()
    {
        for (int version = 1; version <= 5; version++)
        {
            control.decide(version, true);
        }
        for (int version = 1; version <= 5; version++)
        {
            assertEquals(version, take());
        }
        assertNull(views.next(taken));
    }

    @Test
    void shouldGiveAStateOnceThatIsSeenBeforeItIsTold()
    {
        control.decide(1, false);
        assertEquals(1, take());
        control.tell();
        assertNull(views.next(taken));
        control.decide(2, true);
        assertEquals(2, take());
    }

    @Test
    void shouldGiveTheLatestAfterMoreThanItKeeps()
    {
        final int latest = 3 * Views.MOST_WAITING;
        for (int version = 1; version <= latest; version++)
        {
            control.decide(version, true);
        }
        for (int version = 1; version <= Views.MOST_WAITING; version++)
        {
            assertEquals(version, take());
        }
        assertEquals(latest, take());
        assertNull(views.next(taken));
    }

    @Test
    void shouldFollowAControlPlaneThatTellsNobody()
    {
        control.decide(7, false);
        assertEquals(7, take());
        control.decide(9, false);
        assertEquals(9, take());
        assertNull(views.next(taken));
    }

    @Test
    void shouldSkipNoStateThatIsDecidedWhileItLooks()
    {
        control.onLook = () ->
        {
            control.decide(1, true);
            control.decide(2, true);
        };
        taken = state(0);
        assertEquals(1, take());
        assertEquals(2, take());
        assertNull(views.next(taken));
    }

    private long take()
    {
        taken = views.next(taken);
        return taken.version();
    }

    private static ControlView state(final long version)
    {
        return new ControlView(version, 0, 0, null, List.of(), List.of(), List.of(), null);
    }

    private static final class Control implements ControlPlane
    {
        private Consumer<ControlView> listener;
        private ControlView view = state(0);
        private Runnable onLook;

        private void decide(final long version, final boolean isTold)
        {
            view = state(version);
            if (isTold)
            {
                tell();
            }
        }

        private void tell()
        {
            listener.accept(view);
        }

        @Override
        public void submit(final ControlCommand command)
        {
            throw new UnsupportedOperationException();
        }

        @Override
        public void submit(final ControlCommand command, final Consumer<ControlResult> answer)
        {
            throw new UnsupportedOperationException();
        }

        @Override
        public ControlView view()
        {
            if (onLook != null)
            {
                final Runnable action = onLook;
                onLook = null;
                action.run();
            }
            return view;
        }

        @Override
        public void learned(final ControlView told)
        {
            throw new UnsupportedOperationException();
        }

        @Override
        public void listen(final Consumer<ControlView> added)
        {
            listener = added;
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
            return null;
        }

        @Override
        public void close()
        {
            listener = null;
        }
    }
}
