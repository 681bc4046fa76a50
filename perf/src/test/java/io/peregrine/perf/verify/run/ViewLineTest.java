package io.peregrine.perf.verify.run;

import io.peregrine.perf.verify.report.Loss;
import org.junit.jupiter.api.Test;

import java.util.BitSet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ViewLineTest
{
    private final Watch watch = new Watch();

    @Test
    void shouldTellWhoIsInSyncAndThatAPartitionHasNobody()
    {
        final ViewLine view = ViewLine.read("100 7 0,0,2 1");
        final BitSet members = new BitSet();
        members.set(0);
        members.set(2);

        assertEquals(7, view.version());
        assertEquals(members, view.grid().inSync().get(0));
        assertTrue(view.grid().inSync().get(1).isEmpty());
        assertFalse(view.isWhole(1));
        assertTrue(ViewLine.read("100 7 0,0,2 1,1").isWhole(1));
        assertFalse(ViewLine.read("100 7").isWhole(0));
    }

    @Test
    void shouldPreferWhatWasDecidedLaterToWhatWasLookedAtLater()
    {
        final ViewLine old = ViewLine.read("300 7 0,0");
        final ViewLine late = ViewLine.read("200 8 0,1");

        assertSame(late, old.laterOf(late));
        assertSame(late, late.laterOf(old));
        assertSame(old, ViewLine.read("250 7 0,0").laterOf(old));
    }

    @Test
    void shouldNotTakeForWholeWhatWasSaidBefore()
    {
        assertFalse(watch.isWhole(1, 0));
        watch.onView(ViewLine.read("100 7 0,0"));
        assertTrue(watch.isWhole(1, 99));
        assertFalse(watch.isWhole(1, 100));
        assertFalse(watch.isWhole(2, 99));
        watch.onView(ViewLine.read("200 7 0,0"));
        assertTrue(watch.isWhole(1, 100));
    }

    @Test
    void shouldSeeEachReportedLossOnce()
    {
        watch.onView(ViewLine.read("100 7 0,0 0,1"));
        watch.onView(ViewLine.read("200 8 0,0 1,1"));
        watch.onView(ViewLine.read("300 7 0,0 0,1"));
        watch.onView(ViewLine.read("400 9 0,0 1,1"));

        assertEquals(1, watch.losses().size());
        final Loss loss = watch.losses().get(0);
        assertEquals(1, loss.partition());
        assertTrue(loss.fromNs() < 100 && loss.untilNs() == 200, loss::toString);
        assertEquals(2, watch.partitions());

        watch.onView(ViewLine.read("500 10 2,0 1,1"));
        assertEquals(3, watch.losses().size(), "two at one look");
    }
}
