package io.peregrine.perf.demo;

import io.peregrine.client.BatchResult;
import io.peregrine.client.Codecs;
import io.peregrine.client.Expiry;
import io.peregrine.client.Grid;
import io.peregrine.client.GridMap;
import io.peregrine.client.ScanCursor;
import io.peregrine.client.ScanPage;
import io.peregrine.client.Versioned;
import io.peregrine.client.When;
import io.peregrine.perf.rig.Progress;
import org.agrona.concurrent.IdleStrategy;

import java.time.Duration;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * What can be done with a grid, each answer checked. One thread.
 */
final class Tour
{
    private static final int STEP = 1_000;
    private static final int PAGE = 1_000;
    private static final Duration TTL = Duration.ofMillis(300);
    private static final long EXPIRY_LIMIT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final double NS_PER_S = 1e9;
    private static final long SEED = 42;

    private final Grid grid;
    private final GridMap<String, String> accounts;
    private final Journal journal;
    private final IdleStrategy idle;
    private final int entries;
    private final int reads;

    /**
     * @param grid    to use.
     * @param journal to write to.
     * @param idle    while the demo waits for time to pass.
     * @param entries to put.
     * @param reads   of them.
     */
    Tour(final Grid grid, final Journal journal, final IdleStrategy idle, final int entries, final int reads)
    {
        this.grid = grid;
        this.entries = entries;
        this.reads = reads;
        this.journal = journal;
        this.idle = idle;
        this.accounts = grid.map("accounts", Codecs.STRING, Codecs.STRING);
    }

    void put(final Progress progress)
    {
        final Map<String, String> some = new LinkedHashMap<>();
        final long start = System.nanoTime();
        for (int i = 0; i < entries; i++)
        {
            some.put(Account.key(i), Account.value(i));
            if (some.size() == STEP)
            {
                accounts.putAll(some);
                some.clear();
                progress.at("entries", (i + 1) / (double) entries);
            }
        }

        final double seconds = (System.nanoTime() - start) / NS_PER_S;
        final long size = accounts.sizeAsLong();
        journal.step(size == entries, "put", "%,d entries in %.2f s, %,d with a call: %,.0f a second",
            size, seconds, STEP, entries / seconds);
    }

    void get()
    {
        final SplittableRandom random = new SplittableRandom(SEED);
        final long start = System.nanoTime();
        int wrong = 0;
        for (int i = 0; i < reads; i++)
        {
            final int number = random.nextInt(entries);
            wrong += Account.value(number).equals(accounts.get(Account.key(number))) ? 0 : 1;
        }

        final double seconds = (System.nanoTime() - start) / NS_PER_S;
        journal.step(wrong == 0 && accounts.get("account:nobody") == null, "get",
            "%,d at random in %.2f s, %,d wrong: %,.0f a second", reads, seconds, wrong, reads / seconds);
    }

    void conditionalWrites()
    {
        final String key = Account.key(7);
        final String before = accounts.get(key);
        journal.step(before.equals(accounts.putIfAbsent(key, "stolen")) && before.equals(accounts.get(key)),
            "putIfAbsent", "an entry that is there stays as it was");
        journal.step(!accounts.replace(key, "not this", "stolen") && accounts.replace(key, before, "closed"),
            "replace", "only from the value that was expected");
        final Versioned<String> read = accounts.getVersioned(key);
        final long written = accounts.replaceIfVersion(key, read.version(), before);
        journal.step(
            written > read.version() && accounts.replaceIfVersion(key, read.version(), "late") == 0 &&
            before.equals(accounts.get(key)),
            "replaceIfVersion", "the first writer wins, the one with the old version is told so");
    }

    void expiry()
    {
        final GridMap<String, String> sessions = grid.map("sessions", Codecs.STRING, Codecs.STRING);
        final long start = System.nanoTime();
        sessions.set("token", "alice", Expiry.after(TTL));
        final String first = sessions.get("token");
        final boolean there =
            first == null ? System.nanoTime() - start >= TTL.toNanos() : "alice".equals(first);
        while (sessions.get("token") != null && System.nanoTime() - start < EXPIRY_LIMIT_NS)
        {
            idle.idle();
        }

        final long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        final boolean right = there && tookMs >= TTL.toMillis() && sessions.get("token") == null;
        journal.step(right, "expiry", "a session of %d ms was gone after %d ms", TTL.toMillis(), tookMs);
    }

    void scan()
    {
        final BitSet seen = new BitSet(entries);
        final long start = System.nanoTime();
        int twice = 0;
        int wrong = 0;
        int pages = 0;
        ScanCursor cursor = ScanCursor.START;
        while (!cursor.isEnd())
        {
            final ScanPage<String, String> page = accounts.scan(cursor, PAGE);
            for (final ScanPage.ScanEntry<String, String> entry : page.entries())
            {
                final int number = Account.number(entry.key());
                twice += seen.get(number) ? 1 : 0;
                wrong += Account.value(number).equals(entry.value()) ? 0 : 1;
                seen.set(number);
            }

            pages++;
            cursor = page.next();
        }

        final double seconds = (System.nanoTime() - start) / NS_PER_S;
        journal.step(seen.cardinality() == entries && twice == 0 && wrong == 0, "scan",
            "%,d entries in %,d pages, %.2f s, %,d twice, %,d wrong",
            seen.cardinality(), pages, seconds, twice, wrong);
    }

    void batch()
    {
        final GridMap<String, Long> balances = grid.map("balances", Codecs.STRING, Codecs.LONG);
        final String giro = "{alice}:giro";
        final String savings = "{alice}:savings";
        balances.set(giro, 100L);
        balances.set(savings, 0L);
        final long version = balances.getVersioned(giro).version();
        final BatchResult moved = grid.batch()
            .check(balances, giro, When.version(version))
            .add(balances, giro, -40)
            .add(balances, savings, 40)
            .execute();
        final BatchResult again = grid.batch()
            .check(balances, giro, When.version(version))
            .add(balances, giro, -40)
            .add(balances, savings, 40)
            .execute();
        final boolean right = moved.applied() && !again.applied() &&
            balances.get(giro) == 60 && balances.get(savings) == 40;
        journal.step(right, "batch", "40 moved from one account to another at one moment, and not twice");
    }
}
