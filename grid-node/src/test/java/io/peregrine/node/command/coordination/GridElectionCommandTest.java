package io.peregrine.node.command.coordination;

import io.peregrine.client.ElectionTerm;
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
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class GridElectionCommandTest
{
    private static final Pattern TERM = Pattern.compile("holder (-?\\d+) fence (\\d+) remaining \\d+ ms\n");

    private final GridNode node = GridNode.launch(Nodes.context(Threading.INLINE));
    private final Commands election = new Commands(node.grid(), GridElectionCommand::new, "election", "book");

    @AfterEach
    void close()
    {
        node.close();
    }

    @Test
    void shouldCampaignRenewAndResignInRunsOfTheirOwn()
    {
        assertEquals("nobody\n", election.done("leader"));
        assertEquals("{\"election\":\"book\",\"leader\":null}\n", election.done("leader", "--json"));
        final Matcher term = TERM.matcher(election.done("campaign", "ada", "--lease", "1000s"));
        assertTrue(term.matches());
        final String holder = term.group(1);
        final String fence = term.group(2);
        assertTrue(election.done("leader").startsWith("ada fence " + fence + " remaining "));
        assertTrue(election.done("leader", "--json").startsWith(
            "{\"election\":\"book\",\"leader\":\"ada\",\"fence\":" + fence + ",\"remaining_ms\":"));
        election.assertFailed("another leads in the election 'book'",
            "campaign", "bob", "--lease", "1s", "--wait", "5ms");
        assertTrue(TERM.matcher(
            election.done("renew", "--holder", holder, "--fence", fence, "--lease", "2000s")).matches());
        election.assertFailed("is not held by this lease", "resign", "--holder", holder, "--fence", "1");
        assertEquals("resigned\n", election.done("resign", "--holder", holder, "--fence", fence));
        election.assertFailed("is not held by this lease", "resign", "--holder", holder, "--fence", fence);
        assertEquals("nobody\n", election.done("leader"));
    }

    @Test
    void shouldEndTheTermOfALeader()
    {
        election.assertFailed("nobody leads in the election 'book'", "depose");
        final ElectionTerm term =
            node.grid().election("book", Duration.ofHours(1)).campaign("ada", Duration.ZERO);
        assertTrue(term.isLeader());
        assertEquals("{\"election\":\"book\",\"deposed\":true}\n", election.done("depose", "--json"));
        assertEquals("nobody\n", election.done("leader"));
    }

    @Test
    void shouldSayHowItIsUsed()
    {
        for (final String[] args : new String[][]{
            {}, {"campaign"}, {"campaign", "ada"}, {"campaign", "ada", "--lease", "never"},
            {"campaign", "ada", "--lease", "0s"}, {"resign"}, {"resign", "--fence", "1"},
            {"renew", "--holder", "1", "--fence", "1"}})
        {
            election.assertWrongUsage(args);
        }
    }
}
