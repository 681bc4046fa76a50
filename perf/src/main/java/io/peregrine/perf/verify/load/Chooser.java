package io.peregrine.perf.verify.load;

import io.peregrine.perf.verify.history.Operation;
import io.peregrine.perf.verify.history.Outcome;
import io.peregrine.perf.verify.history.Told;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Chooses what a client asks next. No value is written twice in a run. Every second client only reads: who waits for a
 * write that cannot be acknowledged sees nothing meanwhile. Who gets a lock writes with its fence and lets go of it
 * then, or is late and does so when another may have it; so it is with permits, without a write. Pure; single-threaded.
 */
public final class Chooser
{
    /**
     * Values of one client; those of the next one begin behind them.
     */
    static final long VALUES = 1L << 32;

    private static final int CONTENDED_IN_TEN = 3;
    private static final int LOCKS_IN_HUNDRED = 10;
    private static final int PERMITS_IN_HUNDRED = 10;
    private static final int LATE_ONE_IN = 6;
    private static final int MOST_REMEMBERED = 64;

    private final Map<String, Long> lastSeen = new LinkedHashMap<>()
    {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<String, Long> eldest)
        {
            return size() > MOST_REMEMBERED;
        }
    };
    private final SplittableRandom random;
    private final boolean isReader;
    private final Deque<Operation> toDo = new ArrayDeque<>();
    private long nextValue;
    private long lastNs;
    private long dueNs;

    /**
     * One client's.
     *
     * @param seed   of the run.
     * @param number of the client, which no other client of the run has, nor an earlier life of this one.
     */
    public Chooser(final long seed, final int number)
    {
        random = new SplittableRandom(seed * 31 + number);
        isReader = number % 2 == 1;
        nextValue = number * VALUES + 1;
    }

    /**
     * What to ask next.
     *
     * @param sinceNs since the run began, on a clock that all clients share.
     * @return the operation.
     */
    public Operation next(final long sinceNs)
    {
        lastNs = sinceNs;
        if (!toDo.isEmpty() && sinceNs >= dueNs)
        {
            return toDo.poll();
        }
        final int lot = isReader || !toDo.isEmpty() ? 100 : random.nextInt(100);
        if (lot < LOCKS_IN_HUNDRED)
        {
            return Operation.acquire(Locks.any(random));
        }
        if (lot < LOCKS_IN_HUNDRED + PERMITS_IN_HUNDRED)
        {
            return Operation.acquirePermits(Permits.any(random), Permits.some(random));
        }

        final String key = random.nextInt(10) < CONTENDED_IN_TEN ?
            Keys.anyContended(random, sinceNs) : Keys.anySpread(random);
        if (isReader)
        {
            return Operation.read(key);
        }

        return switch (random.nextInt(20))
        {
            case 0, 1, 2, 3, 4, 5, 6 -> Operation.read(key);
            case 7, 8, 9, 10, 11, 12, 13 -> Operation.write(key, nextValue++);
            case 14 -> Operation.write(key, null);
            case 15 -> Operation.cas(key, null, nextValue++);
            case 16 -> cas(known(key), false);
            default -> cas(known(key), true);
        };
    }

    /**
     * Mostly of a key whose value was seen lately, as it would hardly ever succeed else.
     */
    private String known(final String key)
    {
        if (lastSeen.isEmpty() || lastSeen.containsKey(key))
        {
            return key;
        }
        return lastSeen.keySet().stream().skip(random.nextInt(lastSeen.size())).findFirst().orElse(key);
    }

    private Operation cas(final String key, final boolean sets)
    {
        final Long expected = lastSeen.get(key);
        return Operation.cas(key, expected, sets || expected == null ? nextValue++ : null);
    }

    /**
     * What came of it.
     *
     * @param operation that was asked for.
     * @param told      of it.
     */
    public void onTold(final Operation operation, final Told told)
    {
        if (!operation.isOfEntry())
        {
            if (operation.isAcquiring() && told.outcome() == Outcome.OK)
            {
                dueNs = random.nextInt(LATE_ONE_IN) == 0 ? lastNs + Locks.LATE_NS : lastNs;
                if (operation.isOfLock())
                {
                    toDo.add(Operation.fenced(operation.key(), told.before()));
                }
                toDo.add(operation.release(told.before()));
            }
            return;
        }

        switch (told.outcome())
        {
            case OK -> saw(operation.key(), operation.isRead() ? told.before() : operation.value());
            case NOT_DONE -> saw(operation.key(), told.isTold() ? told.before() : null);
            default ->
            {
            }
        }
    }

    private void saw(final String key, final Long value)
    {
        lastSeen.remove(key);
        if (value != null)
        {
            lastSeen.put(key, value);
        }
    }
}
