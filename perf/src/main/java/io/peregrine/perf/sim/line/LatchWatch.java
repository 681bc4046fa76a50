package io.peregrine.perf.sim.line;

import io.peregrine.client.codec.LockKind;
import io.peregrine.perf.sim.world.Violation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What is promised of latches, looked at from outside: one does not open before it was counted down often enough, never
 * closes again, and each count that was answered counted once. There is a new one as soon as the last is known to be
 * open; one whose partition was lost is judged no more.
 */
public final class LatchWatch
{
    /**
     * Latches at one time.
     */
    static final int LATCHES = 2;

    private static final int MOST = 4;

    private final int partitions;
    private final List<Latch> all = new ArrayList<>();
    private final Latch[] current = new Latch[LATCHES];
    private final Latch[] previous = new Latch[LATCHES];
    private int opened;
    private int woken;

    /**
     * One latch as all together know it.
     */
    static final class Latch
    {
        final LinePlace place;
        private final BitSet told = new BitSet();
        private int asked;
        private int counted;
        private int waiting;
        private boolean isOpen;
        private boolean isLost;

        Latch(final LinePlace place)
        {
            this.place = place;
        }

        boolean isOpen()
        {
            return isOpen;
        }

        boolean isLost()
        {
            return isLost;
        }

        boolean isOver()
        {
            return isOpen || isLost;
        }
    }

    /**
     * What was known when something was asked.
     *
     * @param counted counts that were answered until then.
     * @param isOpen  whether somebody had heard that it is open.
     */
    record Before(int counted, boolean isOpen)
    {
    }

    /**
     * @param partitions of the grid.
     */
    public LatchWatch(final int partitions)
    {
        this.partitions = partitions;
        for (int i = 0; i < LATCHES; i++)
        {
            current[i] = next();
            previous[i] = current[i];
        }
    }

    /**
     * @return latches that opened.
     */
    public int opened()
    {
        return opened;
    }

    /**
     * @return those who waited and were woken.
     */
    public int woken()
    {
        return woken;
    }

    /**
     * @param partition of which it is decided that what it held is lost.
     */
    public void onLoss(final int partition)
    {
        all.forEach((latch) -> latch.isLost |= latch.place.partition() == partition);
    }

    private Latch next()
    {
        final int number = all.size();
        final Latch latch = new Latch(LinePlace.of(LockKind.LATCH, "latch" + number, 1 + number % MOST, partitions));
        all.add(latch);
        return latch;
    }

    /**
     * @return the latch that is counted down.
     */
    Latch current(final int index)
    {
        if (current[index].isOver())
        {
            previous[index] = current[index];
            current[index] = next();
        }
        return current[index];
    }

    /**
     * @return the one before it.
     */
    Latch previous(final int index)
    {
        return previous[index];
    }

    Before before(final Latch latch)
    {
        return new Before(latch.counted, latch.isOpen);
    }

    /**
     * A count is about to be asked.
     */
    void counting(final Latch latch)
    {
        latch.asked++;
    }

    /**
     * It was refused, and so does not count.
     */
    void refused(final Latch latch)
    {
        latch.asked--;
    }

    /**
     * @param left to count, as the answer says.
     */
    void counted(final Latch latch, final long left, final Before before)
    {
        if (latch.isLost)
        {
            return;
        }
        latch.counted++;
        final int total = latch.place.total();
        final boolean isEarly = left < Math.max(0, total - latch.asked);
        require(!isEarly, latch, "has %d left, though no more than %d have counted it down", left, latch.asked);
        final int most = before.isOpen ? 0 : Math.max(0, total - before.counted - 1);
        require(left <= most, latch, "has %d left, where at most %d are", left, most);
        require(left == 0 || !latch.told.get((int) left), latch, "was counted down to %d twice", left, 0);
        latch.told.set((int) left);
        if (left == 0)
        {
            open(latch);
        }
    }

    void waiting(final Latch latch, final int more)
    {
        latch.waiting += more;
    }

    /**
     * @return one at which somebody waits, so that it is to be opened; null if there is none.
     */
    Latch awaited()
    {
        for (final Latch latch : current)
        {
            if (latch.waiting > 0 && !latch.isOver())
            {
                return latch;
            }
        }
        return null;
    }

    /**
     * Somebody is told that he need not wait any longer.
     */
    void passed(final Latch latch, final boolean isWoken)
    {
        if (!latch.isLost)
        {
            require(latch.asked >= latch.place.total(), latch, "opens, though no more than %d have counted it down",
                latch.asked, 0);
            woken += isWoken ? 1 : 0;
            open(latch);
        }
    }

    /**
     * Somebody is told that it is not open.
     */
    void closed(final Latch latch, final Before before)
    {
        require(latch.isLost || !before.isOpen, latch, "closes again", 0, 0);
    }

    private void open(final Latch latch)
    {
        opened += latch.isOpen ? 0 : 1;
        latch.isOpen = true;
    }

    private static void require(
        final boolean holds, final Latch latch, final String text, final long one, final long other)
    {
        if (!holds)
        {
            throw new Violation(String.format("%s of %d " + text, latch.place, latch.place.total(), one, other));
        }
    }
}
