package io.peregrine.node.command.coordination;

import io.peregrine.client.GridLock;
import io.peregrine.client.LockLease;
import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
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
    private final Commands book = new Commands(node.grid(), GridLockCommand::new, "lock", "book");

    @AfterEach
    void close()
    {
        node.close();
    }

    @Test
    void shouldAcquireRenewAndReleaseInRunsOfTheirOwn()
    {
        assertEquals("free\n", book.done("show"));
        final Matcher lease = LEASE.matcher(book.done("acquire", "--lease", "1000s"));
        assertTrue(lease.matches());
        final String holder = lease.group(1);
        final String fence = lease.group(2);
        assertTrue(book.done("show").startsWith("held: holder " + holder + " fence " + fence + " remaining "));
        book.assertFailed("is held by another", "acquire", "--lease", "1s", "--wait", "5ms");
        assertTrue(LEASE.matcher(
            book.done("renew", "--holder", holder, "--fence", fence, "--lease", "2000s")).matches());
        book.assertFailed("is not held by this lease", "release", "--holder", holder, "--fence", "1");
        assertEquals("released\n", book.done("release", "--holder", holder, "--fence", fence));
        book.assertFailed("is not held by this lease", "release", "--holder", holder, "--fence", fence);
        assertFalse(lock.show().held());
    }

    @Test
    void shouldTakeALockFromItsHolder()
    {
        book.assertFailed("nobody holds the lock 'book'", "force-release");
        final LockLease held = lock.acquire(Duration.ofHours(1));
        assertTrue(book.done("show", "--json").startsWith(
            "{\"lock\":\"book\",\"held\":true,\"holder\":" + held.holder() + ",\"fence\":" + held.fence() + ","));
        assertEquals("{\"lock\":\"book\",\"released\":true}\n", book.done("force-release", "--json"));
        assertEquals("free\n", book.done("show"));
    }

    @Test
    void shouldSayHowItIsUsed()
    {
        for (final String[] args : new String[][]{
            {}, {"acquire"}, {"acquire", "--lease", "never"}, {"acquire", "--lease", "0s"}, {"release"},
            {"release", "--fence", "1"}, {"renew", "--holder", "1", "--fence", "1"}})
        {
            book.assertWrongUsage(args);
        }
    }
}
