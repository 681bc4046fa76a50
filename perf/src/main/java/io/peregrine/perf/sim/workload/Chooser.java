package io.peregrine.perf.sim.workload;

import io.peregrine.perf.sim.world.Timeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Chooses what a client asks next. Every value that is written is another.
 */
final class Chooser
{
    private static final long PATIENCE_NS = 4_000_000_000L;
    private static final long SHORTEST_TTL_NS = 20_000_000;
    private static final long TTL_NS = 2_000_000_000;
    private static final int LONG_ONE_IN = 20;
    private static final int LONGEST = 900;
    private static final int PLAIN_ONE_IN = 12;
    private static final int STALE_ONE_IN = 4;
    private static final long STALENESS_NS = 1_000_000_000;
    private static final int MOST_DELTA = 100;
    private static final int BULK_OF = 8;
    private static final int BULK_READ_ONE_IN = 4;

    private final Map<String, Seen> lastSeen = new HashMap<>();
    private final Timeline timeline;
    private final SplittableRandom random;
    private final Keys keys;
    private final String name;
    private int written;

    Chooser(final Timeline timeline, final SplittableRandom random, final Keys keys, final String name)
    {
        this.timeline = timeline;
        this.random = random;
        this.keys = keys;
        this.name = name;
    }

    void saw(final Seen seen)
    {
        lastSeen.put(seen.key(), seen);
    }

    Asking next()
    {
        final int bulk = keys.isClearing() ? BULK_OF - 1 : BULK_OF / 2;
        if (keys.isBulky() && random.nextInt(BULK_OF) < bulk)
        {
            return bulk(keys.bulky(random));
        }

        return switch (random.nextInt(20))
        {
            case 0, 1, 2, 3, 4 -> read(keys.any(random));
            case 5 -> read(keys.number(random));
            case 6 -> read(keys.mortal(random));
            case 7, 8, 9, 10 -> write(Item.put(keys.any(random), value()));
            case 11 -> write(Item.remove(keys.any(random)));
            case 12, 13 -> write(conditional(keys.any(random)));
            case 14 -> write(Item.add(keys.number(random), random.nextLong(1, MOST_DELTA)));
            case 15 -> write(Item.mortal(
                keys.mortal(random), value(), SHORTEST_TTL_NS + random.nextLong(TTL_NS)));
            case 16, 17 -> batch(keys.together(random));
            case 18 -> write(Item.create(keys.lasting(random), value()));
            default -> read(keys.together(random).get(0));
        };
    }

    Asking scan(final int partition)
    {
        return page(partition, 0, new Scan(timeline.nowNs()));
    }

    Asking page(final int partition, final long cursor, final Scan scan)
    {
        final Asking page = asking(Asking.Kind.SCAN, partition, List.of());
        page.cursor = cursor;
        page.scan = scan;
        return page;
    }

    Asking open(final int partition)
    {
        return asking(Asking.Kind.SESSION, partition, List.of());
    }

    private Asking read(final String key)
    {
        final Asking read = asking(Asking.Kind.READ, keys.partition(key), List.of(Item.check(key, null)));
        read.boundNs = random.nextInt(STALE_ONE_IN) == 0 ? 1 + random.nextLong(STALENESS_NS) : 0;
        return read;
    }

    private Asking write(final Item item)
    {
        final Asking write = asking(Asking.Kind.WRITE, keys.partition(item.key()), List.of(item));
        write.isPlain = random.nextInt(PLAIN_ONE_IN) == 0;
        return write;
    }

    private Asking batch(final List<String> together)
    {
        final String first = together.get(0);
        final String second = together.get(1);
        final String third = together.get(2);
        final List<Item> items = switch (random.nextInt(4))
        {
            case 0 -> List.of(Item.put(first, value()), Item.put(second, value()));
            case 1 -> List.of(conditional(first), Item.put(second, value()), Item.remove(third));
            case 2 -> List.of(Item.put(third, value()), conditional(second));
            default -> List.of(Item.put(first, value()), Item.put(second, value()), Item.put(third, value()));
        };
        return asking(Asking.Kind.BATCH, keys.partition(first), items);
    }

    private Asking bulk(final List<String> together)
    {
        if (!keys.isClearing() && random.nextInt(BULK_READ_ONE_IN) == 0)
        {
            return read(together.get(0));
        }

        final List<Item> items = together.stream()
            .map((key) -> keys.isClearing() ? Item.remove(key) : Item.put(key, value()))
            .toList();
        return asking(Asking.Kind.BATCH, keys.partition(together.get(0)), items);
    }

    private Item conditional(final String key)
    {
        final Seen seen = lastSeen.get(key);
        if (seen == null || seen.value() == null)
        {
            return Item.create(key, value());
        }

        return random.nextBoolean() ?
            Item.replace(key, (String) seen.value(), value()) :
            Item.replace(key, (String) seen.value(), seen.version(), value());
    }

    private Asking asking(final Asking.Kind kind, final int partition, final List<Item> items)
    {
        final long now = timeline.nowNs();
        return new Asking(kind, partition, items, now, now + PATIENCE_NS + random.nextLong(PATIENCE_NS));
    }

    private String value()
    {
        final String value = name + "-" + ++written;
        return random.nextInt(LONG_ONE_IN) > 0 ? value : value + ".".repeat(random.nextInt(LONGEST));
    }
}
