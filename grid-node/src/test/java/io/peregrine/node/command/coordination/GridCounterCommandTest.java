package io.peregrine.node.command.coordination;

import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;

@Timeout(120)
class GridCounterCommandTest
{
    private final GridNode node = GridNode.launch(Nodes.context(Threading.INLINE));
    private final Commands counter = new Commands(node.grid(), GridCounterCommand::new, "counter", "trades");

    @AfterEach
    void close()
    {
        node.close();
    }

    @Test
    void shouldReadAndChangeANumber()
    {
        assertEquals("0\n", counter.done("get"));
        assertEquals("5\n", counter.done("set", "5"));
        assertEquals("3\n", counter.done("add", "-2"));
        assertEquals("{\"counter\":\"trades\",\"value\":9}\n", counter.done("compare-and-set", "3", "9", "--json"));
        counter.assertFailed("the counter 'trades' is not 3", "compare-and-set", "3", "1");
        assertEquals("{\"counter\":\"trades\",\"value\":9}\n", counter.done("get", "--json"));
        counter.assertFailed("64 bits", "add", Long.toString(Long.MAX_VALUE));
        assertEquals(9, node.grid().counter("trades").get());
    }

    @Test
    void shouldSayHowItIsUsed()
    {
        counter.assertWrongUsage();
        counter.assertWrongUsage("add");
        counter.assertWrongUsage("add", "many");
        counter.assertWrongUsage("set", "9223372036854775808");
        counter.assertWrongUsage("compare-and-set", "1");
        counter.assertWrongUsage("double");
    }
}
