package io.peregrine.perf.lock;

import io.peregrine.perf.remote.RedisServer;
import io.peregrine.perf.rig.Scenario;
import io.peregrine.perf.rig.Subject;

import java.util.Arrays;

/**
 * A peer: locks as Redis has them, {@code SET NX PX} and a script that deletes what is still one's own, each a call
 * that waits for its answer.
 */
final class RedisSide implements Scenario
{
    private static final String SCRIPT =
        "if redis.call('get',KEYS[1])==ARGV[1] then return redis.call('del',KEYS[1]) else return 0 end";
    private static final String OK = "+OK";
    private static final String ONE = ":1";

    private final RedisServer server = new RedisServer();

    RedisSide() throws InterruptedException
    {
    }

    @Override
    public String name(final int row)
    {
        return "Redis SET NX PX and script";
    }

    @Override
    public Subject[] open(final int thread)
    {
        final RedisConnection connection = new RedisConnection(server.port());
        final String script = connection.ask(RedisConnection.command("SCRIPT", "LOAD", SCRIPT), 1);
        final byte[][] acquires = new byte[LockSide.NAMES][];
        final byte[][] releases = new byte[LockSide.NAMES][];
        final String lease = Long.toString(LockSide.LEASE.toMillis());
        Arrays.setAll(acquires, (i) -> RedisConnection.command(
            "SET", LockSide.name(thread, i), token(i), "NX", "PX", lease));
        Arrays.setAll(releases, (i) -> RedisConnection.command(
            "EVALSHA", script, "1", LockSide.name(thread, i), token(i)));
        return new Subject[]{new Locks(connection, acquires, releases)};
    }

    private static String token(final int number)
    {
        return "holder-" + number;
    }

    @Override
    public void close()
    {
        server.close();
    }

    /**
     * What one thread asks.
     *
     * @param connection of the thread.
     * @param acquires   for each name.
     * @param releases   for each name.
     */
    private record Locks(RedisConnection connection, byte[][] acquires, byte[][] releases) implements Subject
    {
        @Override
        public int run(final long first, final int count)
        {
            int wrong = 0;
            for (int i = 0; i < count; i++)
            {
                final int number = (int) (first + i) & LockSide.NAMES - 1;
                if (!OK.equals(connection.ask(acquires[number], 0)) ||
                    !ONE.equals(connection.ask(releases[number], 0)))
                {
                    wrong++;
                }
            }

            return wrong;
        }

        @Override
        public void close()
        {
            connection.close();
        }
    }
}
