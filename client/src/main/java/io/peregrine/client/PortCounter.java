package io.peregrine.client;

/**
 * A counter as an entry of a map, which is not there while the number is 0, or is. Any thread.
 */
final class PortCounter implements GridCounter
{
    private final String name;
    private final String key;
    private final GridMap<String, Long> map;

    PortCounter(final String name, final String key, final GridMap<String, Long> map)
    {
        this.name = name;
        this.key = key;
        this.map = map;
    }

    @Override
    public String name()
    {
        return name;
    }

    @Override
    public long get()
    {
        final Long value = map.get(key);
        return value == null ? 0 : value;
    }

    @Override
    public void set(final long value)
    {
        if (value == 0)
        {
            map.delete(key);
        }
        else
        {
            map.set(key, value);
        }
    }

    @Override
    public long addAndGet(final long delta)
    {
        return map.addAndGet(key, delta);
    }

    @Override
    public boolean compareAndSet(final long expected, final long value)
    {
        while (!map.replace(key, expected, value))
        {
            if (expected != 0)
            {
                return false;
            }
            final Long other = map.putIfAbsent(key, value);
            if (other == null || other != 0)
            {
                return other == null;
            }
        }
        return true;
    }

    @Override
    public AsyncGridCounter async()
    {
        return new AsyncCounter(key, map.async());
    }

    @Override
    public String toString()
    {
        return "counter '" + Names.shown(name) + "'";
    }
}
