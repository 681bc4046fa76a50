package io.peregrine.node.command.coordination;

import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;

@Timeout(120)
class GridSequenceCommandTest
{
    private final GridNode node = GridNode.launch(Nodes.context(Threading.INLINE));
    private final Commands sequence = new Commands(node.grid(), GridSequenceCommand::new, "sequence", "orders");

    @AfterEach
    void close()
    {
        node.close();
    }

    @Test
    void shouldTakeNumbers()
    {
        assertEquals("1\n", sequence.done("next"));
        assertEquals("2\n3\n4\n", sequence.done("next", "--count", "3"));
        assertEquals("{\"sequence\":\"orders\",\"number\":5}\n", sequence.done("next", "--json"));
        assertEquals("skipped to 99\n", sequence.done("skip-to", "99"));
        assertEquals("{\"sequence\":\"orders\",\"skipped_to\":7}\n", sequence.done("skip-to", "7", "--json"));
        assertEquals(100, node.grid().sequence("orders").next());
        sequence.assertFailed("a sequence has no number -1", "skip-to", "-1");
    }

    @Test
    void shouldSayHowItIsUsed()
    {
        sequence.assertWrongUsage();
        sequence.assertWrongUsage("skip-to");
        sequence.assertWrongUsage("next", "--count", "0");
        sequence.assertWrongUsage("next", "--count", "1000001");
        sequence.assertWrongUsage("next", "--count", "some");
    }
}
