package io.peregrine.perf.verify.load;

import io.peregrine.perf.verify.history.Function;
import io.peregrine.perf.verify.history.Operation;
import io.peregrine.perf.verify.history.Outcome;
import io.peregrine.perf.verify.history.Told;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ChooserTest
{
    private static final int MANY = 20_000;

    /**
     * A client alone with a map that always answers.
     */
    private static List<Operation> run(final long seed, final int number, final Map<String, Long> map)
    {
        final Chooser chooser = new Chooser(seed, number);
        final List<Operation> asked = new ArrayList<>();
        for (int i = 0; i < MANY; i++)
        {
            final Operation operation = chooser.next(i * (Keys.TERM_NS / 1_000));
            final Long before = map.get(operation.key());
            final boolean isDone = switch (operation.function())
            {
                case READ -> false;
                case WRITE -> true;
                case CAS -> Objects.equals(before, operation.expected());
                case ACQUIRE, FENCED, RELEASE, ACQUIRE_PERMITS, RELEASE_PERMITS -> false;
            };
            if (isDone)
            {
                map.put(operation.key(), operation.value());
            }
            chooser.onTold(operation, Told.before(
                isDone || operation.isRead() ? Outcome.OK : Outcome.NOT_DONE, before));
            asked.add(operation);
        }

        return asked;
    }

    @Test
    void shouldAskTheSameForOneSeedAndOtherThingsForAnother()
    {
        assertEquals(run(1, 0, new HashMap<>()), run(1, 0, new HashMap<>()));
        assertNotEquals(run(1, 0, new HashMap<>()), run(2, 0, new HashMap<>()));
        assertNotEquals(run(1, 0, new HashMap<>()), run(1, 1, new HashMap<>()));
    }

    @Test
    void shouldWriteNoValueTwice()
    {
        final Map<String, Long> map = new HashMap<>();
        final Set<Long> values = new HashSet<>();
        int writes = 0;
        for (int client = 0; client < 3; client++)
        {
            for (final Operation operation : run(7, client, map))
            {
                if (!operation.isRead() && operation.isOfEntry() && operation.value() != null)
                {
                    writes++;
                    values.add(operation.value());
                }
            }
        }

        assertEquals(writes, values.size());
    }

    @Test
    void shouldAskAllKindsAndSwapWithSuccessNowAndThen()
    {
        final Map<String, Long> map = new HashMap<>();
        final List<Operation> asked = run(3, 0, map);

        assertTrue(asked.stream().filter(Operation::isRead).count() > MANY / 4);
        assertTrue(asked.stream().filter((one) -> one.equals(Operation.write(one.key(), null))).count() > MANY / 50);
        assertTrue(asked.stream().filter((one) -> one.expected() != null && one.value() == null).count() > MANY / 100);
        final long swapped = asked.stream()
            .filter((one) -> one.expected() != null && one.value() != null && map.containsValue(one.value())).count();
        assertTrue(swapped > 50, () -> "values set by compare-and-set that are still there: " + swapped);
    }

    @Test
    void shouldLetContendedKeysRestAfterTheirTerm()
    {
        final Map<String, Integer> counts = new HashMap<>();
        run(4, 0, new HashMap<>()).stream().map(Operation::key).filter((key) -> key.startsWith("contended-"))
            .forEach((key) -> counts.merge(key, 1, Integer::sum));
        final int terms = MANY / 1_000;

        assertEquals(terms * Keys.CONTENDED, counts.size());
    }

    @Test
    void shouldWriteUnderALockThatItGotAndLetGoOfIt()
    {
        final Chooser chooser = new Chooser(3, 0);
        int acquired = 0;
        int late = 0;
        for (int i = 0; i < MANY; i++)
        {
            final Operation operation = chooser.next(i);
            if (operation.function() != Function.ACQUIRE)
            {
                chooser.onTold(operation, Told.of(operation.isAcquiring() ? Outcome.NOT_DONE : Outcome.OK));
                continue;
            }

            final boolean isGiven = ++acquired % 2 == 0;
            chooser.onTold(operation, isGiven ? Told.before(Outcome.OK, 7L + i) : Told.of(Outcome.NOT_DONE));
            if (isGiven)
            {
                final Operation next = chooser.next(i);
                late += next.isOfLock() ? 0 : 1;
                final long whenNs = i + Locks.LATE_NS;
                assertEquals(Operation.fenced(operation.key(), 7L + i),
                    next.isOfLock() ? next : chooser.next(whenNs));
                assertEquals(Operation.release(operation.key(), 7L + i), chooser.next(whenNs));
            }
        }

        assertTrue(acquired > MANY / 100, "few locks: " + acquired);
        assertTrue(late > acquired / 24 && late < acquired / 6, "late: " + late + " of " + acquired);
    }

    @Test
    void shouldLetGoOfPermitsThatItGotAndOfNoOthers()
    {
        final Chooser chooser = new Chooser(5, 2);
        int acquired = 0;
        for (int i = 0; i < MANY; i++)
        {
            final Operation operation = chooser.next(i);
            final boolean isGiven = operation.function() == Function.ACQUIRE_PERMITS && ++acquired % 2 == 0;
            chooser.onTold(operation, isGiven ? Told.before(Outcome.OK, 7L + i) : Told.of(Outcome.NOT_DONE));
            assertNotEquals(Function.RELEASE_PERMITS, operation.function());
            if (isGiven)
            {
                final long wanted = operation.expected();
                assertTrue(wanted >= 1 && wanted <= Permits.TOTAL, operation::toString);
                final Operation next = chooser.next(i);
                assertEquals(
                    new Operation(Function.RELEASE_PERMITS, operation.key(), wanted, 7L + i),
                    next.isOfPermits() ? next : chooser.next(i + Locks.LATE_NS));
            }
        }

        assertTrue(acquired > MANY / 100, "few permits: " + acquired);
    }
}
