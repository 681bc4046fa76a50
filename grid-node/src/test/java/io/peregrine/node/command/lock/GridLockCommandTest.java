package io.peregrine.node.command.lock;

import io.peregrine.client.GridLock;
import io.peregrine.client.LockLease;
import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import io.peregrine.node.command.CommandRun;
import io.peregrine.node.command.GridCommand;
import io.peregrine.node.command.GridSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class GridLockCommandTest
{
    private static final Pattern LEASE = Pattern.compile("holder (-?\\d+) fence (\\d+) remaining \\d+ ms\n");

    private final GridNode node = GridNode.launch(Nodes.context(Threading.INLINE));
    private final GridLock lock = node.grid().lock("book");

    @AfterEach
    void close()
    {
        node.close();
    }

    private CommandRun run(final String... args)
    {
        final GridSource source = (address) -> new GridSource.Connection(node.grid(), () ->
        {
        });
        final String[] all = new String[args.length + 2];
        all[0] = "lock";
        all[1] = "book";
        System.arraycopy(args, 0, all, 2, args.length);
        return CommandRun.with(List.of(new GridLockCommand(source)), all);
    }

    private String done(final String... args)
    {
        final CommandRun run = run(args);
        assertEquals(GridCommand.DONE, run.exitCode(), run.err());
        return run.out().replace(System.lineSeparator(), "\n");
    }

    private void assertFailed(final String message, final String... args)
    {
        final CommandRun run = run(args);
        assertEquals(GridCommand.FAILED, run.exitCode(), run.out());
        assertTrue(run.err().contains(message), run.err());
    }

    @Test
    void shouldAcquireRenewAndReleaseInRunsOfTheirOwn()
    {
        assertEquals("free\n", done("show"));
        final Matcher lease = LEASE.matcher(done("acquire", "--lease", "1000s"));
        assertTrue(lease.matches());
        final String holder = lease.group(1);
        final String fence = lease.group(2);
        assertTrue(done("show").startsWith("held: holder " + holder + " fence " + fence + " remaining "));
        assertFailed("is held by another", "acquire", "--lease", "1s", "--wait", "5ms");
        assertTrue(LEASE.matcher(done("renew", "--holder", holder, "--fence", fence, "--lease", "2000s")).matches());
        assertFailed("is not held by this lease", "release", "--holder", holder, "--fence", "1");
        assertEquals("released\n", done("release", "--holder", holder, "--fence", fence));
        assertFailed("is not held by this lease", "release", "--holder", holder, "--fence", fence);
        assertFalse(lock.show().held());
    }

    @Test
    void shouldTakeALockFromItsHolder()
    {
        assertFailed("nobody holds the lock 'book'", "force-release");
        final LockLease held = lock.acquire(Duration.ofHours(1));
        assertTrue(done("show", "--json").startsWith(
            "{\"lock\":\"book\",\"held\":true,\"holder\":" + held.holder() + ",\"fence\":" + held.fence() + ","));
        assertEquals("{\"lock\":\"book\",\"released\":true}\n", done("force-release", "--json"));
        assertEquals("free\n", done("show"));
    }

    @Test
    void shouldSayHowItIsUsed()
    {
        for (final String[] args : new String[][]{
            {}, {"acquire"}, {"acquire", "--lease", "never"}, {"acquire", "--lease", "0s"}, {"release"},
            {"release", "--fence", "1"}, {"renew", "--holder", "1", "--fence", "1"}})
        {
            assertEquals(2, run(args).exitCode());
        }
    }
}
