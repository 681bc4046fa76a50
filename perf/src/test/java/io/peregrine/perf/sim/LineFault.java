package io.peregrine.perf.sim;

import io.peregrine.client.codec.LockKind;
import io.peregrine.client.remote.ClientRules;
import io.peregrine.node.replication.Rules;
import io.peregrine.perf.sim.grid.GridRules;
import io.peregrine.storage.lock.LockRules;
import io.peregrine.storage.log.Sequences;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What can be wrong with locks, semaphores and latches, each as rules that are wrong in one way, and how that shows.
 */
enum LineFault
{
    FENCES_BEGIN_ANEW_UNDER_ANOTHER_PRIMARY(LockKind.LOCK, "is given to", () -> new LockRules()
    {
        @Override
        public long fence(final long sequence)
        {
            return sequence - Sequences.of(Sequences.epoch(sequence), 0);
        }
    }),

    THE_STORE_IGNORES_FENCES(LockKind.LOCK, "a write of", () -> new LockRules()
    {
        @Override
        public boolean isStale(final long seen, final long fence)
        {
            return false;
        }
    }),

    AN_EARLIER_END_ENDS_A_RENEWED_LEASE(LockKind.LOCK, "", () -> new LockRules()
    {
        @Override
        public boolean isExpired(final long end, final long named)
        {
            return true;
        }
    }),

    A_NUMBER_IS_ASKED_FOR_ANEW("is given number", () -> new LineRules(LockKind.LOCK).client(new ClientRules()
    {
        @Override
        public boolean keepsItsNumber()
        {
            return false;
        }
    })),

    /**
     * Who asks after the entry was made counts a lease from then that began before. Many wait, so that some ask then.
     */
    THE_LEASE_OF_WHO_IS_WOKEN_COUNTS_FROM_ITS_ENTRY("", () -> new LineRules(LockKind.LOCK, 6).replication(new Rules()
    {
        @Override
        public long remaining(final long end, final long entryTime, final long askedTime)
        {
            return end - entryTime;
        }
    })),

    PERMITS_ARE_FREE_AGAIN_UNDER_ANOTHER_PRIMARY(LockKind.SEMAPHORE, "holds it for", () -> new LockRules()
    {
        @Override
        public int free(final int noted, final int total, final long named, final long sequence)
        {
            return Sequences.epoch(named) == Sequences.epoch(sequence) ? noted : total;
        }
    }),

    ONE_PERMIT_TOO_MANY_IS_GIVEN(LockKind.SEMAPHORE, "holds it for", () -> new LockRules()
    {
        @Override
        public boolean mayHave(final int free, final int permits)
        {
            return permits <= free + 1;
        }
    }),

    PERMITS_ARE_NEVER_TAKEN_BACK(LockKind.SEMAPHORE, "is held for ever", () -> new LockRules()
    {
        @Override
        public boolean isOver(final long until, final long time)
        {
            return false;
        }
    }),

    A_LINE_IS_OVERTAKEN(LockKind.SEMAPHORE, "is not served in order", () -> new LockRules()
    {
        @Override
        public boolean waitsBehind(final boolean isLine)
        {
            return false;
        }
    }),

    A_BACKUP_DECIDES_THAT_PERMITS_ARE_OVER("", () -> new LineRules(LockKind.SEMAPHORE).replication(new Rules()
    {
        @Override
        public boolean decidesExpiry(final boolean isServing)
        {
            return true;
        }
    })),

    EACH_COPY_ENDS_PERMITS_BY_A_CLOCK_OF_ITS_OWN("", () ->
    {
        final AtomicInteger lives = new AtomicInteger();
        return new LineRules(LockKind.SEMAPHORE).locks(() -> clockOf(lives.getAndIncrement()));
    }),

    A_COUNT_IS_SENT_AGAIN_UNDER_ANOTHER_NUMBER("latch", () -> new LineRules(LockKind.LATCH).client(new ClientRules()
    {
        @Override
        public boolean keepsItsNumber()
        {
            return false;
        }
    })),

    ONE_OF_THOSE_WHO_WAIT_FOR_A_LATCH_IS_WOKEN(LockKind.LATCH, "is not woken", () -> new LockRules()
    {
        @Override
        public boolean wakesAnother(final int woken)
        {
            return woken == 0;
        }
    });

    private static final long OTHER_CLOCK_NS = 20_000_000;

    private final String sign;
    private final Supplier<GridRules> rules;

    LineFault(final LockKind kind, final String sign, final Supplier<LockRules> locks)
    {
        this(sign, () -> new LineRules(kind).locks(locks));
    }

    LineFault(final String sign, final Supplier<GridRules> rules)
    {
        this.sign = sign;
        this.rules = rules;
    }

    /**
     * @return the rules, for one run.
     */
    Supplier<GridRules> rules()
    {
        return rules;
    }

    boolean isShownBy(final SimulationResult result)
    {
        return !result.isGood() && result.violation().contains(sign);
    }

    private static LockRules clockOf(final int life)
    {
        return new LockRules()
        {
            @Override
            public boolean isOver(final long until, final long time)
            {
                return until <= time + life % 2 * OTHER_CLOCK_NS;
            }
        };
    }
}
