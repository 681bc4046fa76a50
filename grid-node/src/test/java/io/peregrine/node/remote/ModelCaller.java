package io.peregrine.node.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.client.AsyncGridMap;
import io.peregrine.client.Codecs;
import io.peregrine.client.Expiry;
import io.peregrine.client.Grid;
import io.peregrine.client.GridMap;
import io.peregrine.client.KeyResult;
import io.peregrine.client.Outcome;
import io.peregrine.client.OutcomeUnknownException;
import io.peregrine.client.RefusedException;
import io.peregrine.client.ScanCursor;
import io.peregrine.client.ScanPage;
import io.peregrine.client.Versioned;
import io.peregrine.client.When;
import io.peregrine.node.remote.Worlds.Effect;
import io.peregrine.node.remote.Worlds.Life;
import io.peregrine.node.remote.Worlds.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One caller of a map that many use: does random calls on keys of its own, and checks each answer against what can be
 * there. One thread.
 */
final class ModelCaller
{
    static final String TEXTS = "texts";
    static final String NUMBERS = "numbers";
    private static final Rule READ = (before) -> new Effect(before.value(), before);
    private static final int ROUTES = 6;
    private static final int KEYS = 8;

    long calls;
    long refused;
    long unknown;
    private final Map<String, Worlds> texts = new HashMap<>();
    private final Map<String, Worlds> numbers = new HashMap<>();
    private final Grid grid;
    private final String prefix;
    private final Random random;
    private final boolean isSentAgain;
    private GridMap<String, String> map;
    private GridMap<String, Long> sums;
    private String what = "nothing";

    ModelCaller(final Grid grid, final String prefix, final Random random, final boolean isSentAgain)
    {
        this.grid = grid;
        this.isSentAgain = isSentAgain;
        this.prefix = prefix;
        this.random = random;
        begin();
    }

    /**
     * Begin with empty maps, opened anew.
     */
    void begin()
    {
        texts.clear();
        numbers.clear();
        map = grid.map(TEXTS, Codecs.STRING, Codecs.STRING);
        sums = grid.map(NUMBERS, Codecs.STRING, Codecs.LONG);
    }

    void step(final String where)
    {
        final String key = "{" + prefix + random.nextInt(ROUTES) + "}" + random.nextInt(KEYS);
        final int choice = random.nextInt(100);
        what = where + " choice " + choice + " key " + key;
        final String value = value();
        if (choice < 50)
        {
            single(choice, key, value);
        }
        else if (choice < 60)
        {
            byVersion(key, value, random.nextBoolean());
        }
        else if (choice < 70)
        {
            final long delta = random.nextInt(9) - 4;
            call(numbers, key, add(delta), () -> sums.addAndGet(key, delta));
        }
        else if (choice < 78)
        {
            batch(key, value);
        }
        else if (choice < 90)
        {
            several();
        }
        else if (choice < 98)
        {
            pipeline(key);
        }
        else
        {
            scan();
        }
    }

    /**
     * Look at every own entry by a scan, in pages.
     */
    void scan()
    {
        calls++;
        final Map<String, String> seen = new HashMap<>();
        final long fromNs = System.nanoTime();
        ScanCursor cursor = ScanCursor.START;
        while (!cursor.isEnd())
        {
            final ScanPage<String, String> page = map.scan(cursor, 1 + random.nextInt(50));
            page.entries().forEach((entry) -> assertNull(seen.put(entry.key(), entry.value()), what));
            cursor = page.next();
        }
        final long toNs = System.nanoTime();
        seen.keySet().removeIf((key) -> !key.startsWith("{" + prefix));
        seen.keySet().forEach((key) -> worlds(texts, key));
        texts.forEach((key, worlds) ->
            worlds.answered(what + " scan of " + key, seen.get(key), fromNs, toNs, READ));
    }

    private void single(final int choice, final String key, final String value)
    {
        final long ttlNs = TimeUnit.MILLISECONDS.toNanos(1 + random.nextInt(1_000));
        final Expiry expiry = Expiry.after(Duration.ofNanos(ttlNs));
        switch (choice / 5)
        {
            case 0:
                call(texts, key, READ, () -> map.get(key));
                break;

            case 1:
                call(texts, key, put(value), () -> map.put(key, value));
                break;

            case 2:
                call(texts, key, put(value, ttlNs), () -> map.put(key, value, expiry));
                break;

            case 3:
                call(texts, key, putIfAbsent(value), () -> map.putIfAbsent(key, value));
                break;

            case 4:
                call(texts, key, put(null), () -> map.remove(key));
                break;

            case 5:
                call(texts, key, replace("1", "new"), () -> map.replace(key, "1", "new"));
                break;

            case 6:
                call(texts, key, replace("1", null), () -> map.remove(key, "1"));
                break;

            case 7:
                call(texts, key, touch(ttlNs), () -> map.touch(key, expiry));
                break;

            case 8:
                call(texts, key, delete(), () -> map.delete(key));
                break;

            default:
                call(texts, key, (before) -> new Effect(before.value() != null, before), () -> map.containsKey(key));
                break;
        }
    }

    private void byVersion(final String key, final String value, final boolean right)
    {
        final Versioned<?>[] read = new Versioned<?>[1];
        call(texts, key, READ, () ->
        {
            read[0] = map.getVersioned(key);
            return read[0] == null ? null : read[0].value();
        });
        if (read[0] != null)
        {
            final long version = read[0].version() + (right ? 0 : 1);
            final boolean removes = random.nextBoolean();
            final Life after = Life.of(removes ? null : value);
            call(
                texts,
                key,
                (before) -> before.value() != null && right ? new Effect(true, after) : new Effect(false, before),
                () -> removes ? map.removeIfVersion(key, version) : map.replaceIfVersion(key, version, value) != 0);
        }
    }

    /**
     * Moves an entry to its neighbour and counts that, all or nothing.
     */
    private void batch(final String key, final String value)
    {
        calls++;
        final String neighbour = key + "s";
        final long fromNs = System.nanoTime();
        final boolean applied = grid.batch()
            .put(map, neighbour, value, When.ABSENT)
            .remove(map, key, When.PRESENT)
            .add(sums, key, 1)
            .execute().applied();
        final long toNs = System.nanoTime();
        final Worlds from = worlds(texts, key);
        final Worlds to = worlds(texts, neighbour);
        if (applied)
        {
            to.answered(what + " batch", null, fromNs, toNs, put(value));
            from.answered(what + " batch", true, fromNs, toNs, delete());
            worlds(numbers, key).answered(what + " batch", null, fromNs, toNs, (before) ->
                new Effect(null, add(1).on(before).after()));
        }
        else
        {
            assertTrue(from.mayHave(false, fromNs, toNs) || to.mayHave(true, fromNs, toNs), what + " batch refused");
        }
    }

    private void several()
    {
        calls++;
        final Map<String, String> entries = new LinkedHashMap<>();
        for (int i = random.nextInt(30); i >= 0; i--)
        {
            entries.put("{" + prefix + random.nextInt(ROUTES) + "}" + random.nextInt(KEYS), value());
        }
        final int kind = random.nextInt(3);
        final long fromNs = System.nanoTime();
        if (kind == 0)
        {
            final Map<String, String> found = map.getAll(entries.keySet());
            final long toNs = System.nanoTime();
            entries.keySet().forEach((key) ->
                worlds(texts, key).answered(what + " getAll " + key, found.get(key), fromNs, toNs, READ));
        }
        else
        {
            final Map<String, KeyResult> results = kind == 1 ? map.setAll(entries) : map.deleteAll(entries.keySet());
            final long toNs = System.nanoTime();
            assertEquals(List.copyOf(entries.keySet()), List.copyOf(results.keySet()), what);
            results.forEach((key, result) ->
            {
                assertEquals(Outcome.APPLIED, result.outcome(), () -> what + " all " + key + " " + result.error());
                worlds(texts, key).answered(what + " all " + key, result.present(), fromNs, toNs, (before) ->
                    new Effect(before.value() != null, Life.of(kind == 1 ? entries.get(key) : null)));
            });
        }
    }

    /**
     * Several calls on one key, each sent before the one in front of it is answered. A read that is sent again may see
     * what was sent after it.
     */
    private void pipeline(final String key)
    {
        final AsyncGridMap<String, String> async = map.async();
        final List<CompletionStage<?>> stages = new ArrayList<>();
        final List<Rule> rules = new ArrayList<>();
        final long fromNs = System.nanoTime();
        for (int i = 2 + random.nextInt(6); i > 0; i--)
        {
            final String value = value();
            switch (random.nextInt(5))
            {
                case 0 -> add(stages, async.put(key, value), rules, put(value));
                case 1 -> add(stages, async.get(key), rules, READ);
                case 2 -> add(stages, async.remove(key), rules, put(null));
                case 3 -> add(stages, async.putIfAbsent(key, value), rules, putIfAbsent(value));
                default -> add(stages, async.replace(key, "1", value), rules, replace("1", value));
            }
        }
        final List<Object> reads = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++)
        {
            final CompletionStage<?> stage = stages.get(i);
            if (isSentAgain && rules.get(i) == READ)
            {
                calls++;
                reads.add(stage.toCompletableFuture().join());
            }
            else
            {
                call(texts, key, rules.get(i), fromNs, () -> stage.toCompletableFuture().join());
            }
            reads.removeIf((answer) -> worlds(texts, key).maybe(answer, fromNs, System.nanoTime()));
        }
        assertEquals(List.of(), reads, () -> what + " read what was not there");
    }

    private static void add(
        final List<CompletionStage<?>> stages, final CompletionStage<?> stage, final List<Rule> rules, final Rule rule)
    {
        stages.add(stage);
        rules.add(rule);
    }

    private void call(
        final Map<String, Worlds> in, final String key, final Rule rule, final Supplier<Object> call)
    {
        call(in, key, rule, System.nanoTime(), call);
    }

    private void call(
        final Map<String, Worlds> in,
        final String key,
        final Rule rule,
        final long fromNs,
        final Supplier<Object> call)
    {
        calls++;
        try
        {
            final Object answer = call.get();
            worlds(in, key).answered(what, answer, fromNs, System.nanoTime(), rule);
        }
        catch (final RefusedException ex)
        {
            refused++;
        }
        catch (final OutcomeUnknownException ex)
        {
            unknown++;
            worlds(in, key).unknown(fromNs, rule);
        }
        catch (final CompletionException ex)
        {
            throw new AssertionError(what, ex);
        }
    }

    private String value()
    {
        final int length = random.nextInt(40);
        return Integer.toString(random.nextInt(3)).repeat(length == 0 ? 20_000 : length == 1 ? 3_000 : 1);
    }

    private static Worlds worlds(final Map<String, Worlds> in, final String key)
    {
        return in.computeIfAbsent(key, (absent) -> new Worlds());
    }

    private static Rule put(final String value)
    {
        return (before) -> new Effect(before.value(), Life.of(value));
    }

    private static Rule put(final String value, final long ttlNs)
    {
        return (before) -> new Effect(before.value(), Life.of(value), ttlNs);
    }

    private static Rule putIfAbsent(final String value)
    {
        return (before) -> new Effect(before.value(), before.value() == null ? Life.of(value) : before);
    }

    private static Rule delete()
    {
        return (before) -> new Effect(before.value() != null, Life.of(null));
    }

    private static Rule replace(final String old, final String value)
    {
        return (before) -> old.equals(before.value()) ? new Effect(true, Life.of(value)) : new Effect(false, before);
    }

    private static Rule touch(final long ttlNs)
    {
        return (before) -> before.value() == null ?
            new Effect(false, before) : new Effect(true, before, ttlNs);
    }

    private static Rule add(final long delta)
    {
        return (before) ->
        {
            final Long sum = (before.value() == null ? 0 : (Long) before.value()) + delta;
            return new Effect(sum, Life.of(sum));
        };
    }
}
