package io.peregrine.node.command.coordination;

import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The commands on semaphores and latches.
 */
@Timeout(120)
class GridSemaphoreCommandTest
{
    private final GridNode node = GridNode.launch(Nodes.context(Threading.INLINE));
    private final Commands pool = new Commands(node.grid(), GridSemaphoreCommand::new, "semaphore", "pool");
    private final Commands start = new Commands(node.grid(), GridLatchCommand::new, "latch", "start");

    @AfterEach
    void close()
    {
        node.close();
    }

    @Test
    void shouldTakeRenewAndLetGoOfPermits()
    {
        assertEquals("not in use\n", pool.done("show"));
        final String[] words =
            pool.done("acquire", "--total", "5", "--permits", "3", "--lease", "3600s").split(" ");
        assertEquals("2 of 5 free, 1 holding, 0 waiting\n", pool.done("show"));
        pool.assertFailed(
            "has not so many free",
            "acquire", "--total", "5", "--permits", "3", "--lease", "3600s", "--wait", "10ms");
        pool.assertFailed(
            "was named with 5 before, and is named with 6", "acquire", "--total", "6", "--lease", "3600s");
        assertTrue(pool.done("renew", "--holder", words[1], "--fence", words[3], "--lease", "7200s", "--json")
            .startsWith("{\"semaphore\":\"pool\",\"holder\":" + words[1] + ",\"fence\":" + words[3]));
        assertEquals("released\n", pool.done("release", "--holder", words[1], "--fence", words[3]));
        pool.assertFailed("not held", "release", "--holder", words[1], "--fence", words[3]);
        assertEquals("{\"semaphore\":\"pool\",\"permits\":5,\"free\":5,\"holders\":0,\"waiters\":0}\n",
            pool.done("show", "--json"));
    }

    @Test
    void shouldTakePermitsBackWhenForced()
    {
        pool.assertFailed("nobody holds", "force-release");
        final String holder = pool.done("acquire", "--total", "5", "--lease", "3600s").split(" ")[1];
        pool.done("acquire", "--total", "5", "--lease", "3600s");
        assertEquals("released\n", pool.done("force-release", "--holder", holder));
        assertEquals("4 of 5 free, 1 holding, 0 waiting\n", pool.done("show"));
        assertEquals("released\n", pool.done("force-release"));
        assertEquals("not in use\n", pool.done("show"));
    }

    @Test
    void shouldCountALatchDownAndWaitForIt()
    {
        assertEquals("not in use\n", start.done("show"));
        start.assertFailed("is not in use", "reset");
        assertEquals("1\n", start.done("count-down", "--count", "2"));
        start.assertFailed("was not open in time", "await", "--count", "2", "--wait", "10ms");
        assertEquals("1 of 2 left, 0 waiting\n", start.done("show"));
        assertEquals("{\"latch\":\"start\",\"count\":0}\n", start.done("count-down", "--count", "2", "--json"));
        assertEquals("open\n", start.done("await", "--count", "2", "--wait", "3600s"));
        start.assertFailed("was named with 2 before", "await", "--count", "3", "--wait", "3600s");
        assertEquals("reset\n", start.done("reset"));
        assertEquals("2\n", start.done("count-down", "--count", "3"));
    }

    @Test
    void shouldSayHowTheyAreUsed()
    {
        pool.assertWrongUsage();
        pool.assertWrongUsage("acquire", "--lease", "3600s");
        pool.assertWrongUsage("acquire", "--total", "5");
        pool.assertWrongUsage("release", "--holder", "5");
        pool.assertFailed("are not 1 to 5", "acquire", "--total", "5", "--permits", "6", "--lease", "3600s");
        pool.assertFailed("0 is no number", "acquire", "--total", "0", "--lease", "3600s");
        start.assertWrongUsage();
        start.assertWrongUsage("await", "--count", "2");
        start.assertWrongUsage("count-down");
    }
}
