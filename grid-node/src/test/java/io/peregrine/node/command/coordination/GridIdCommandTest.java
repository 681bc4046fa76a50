package io.peregrine.node.command.coordination;

import io.peregrine.client.GridIds;
import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Arrays;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class GridIdCommandTest
{
    private final GridNode node = GridNode.launch(Nodes.context(Threading.INLINE));
    private final Commands ids = new Commands(node.grid(), GridIdCommand::new, "id", "trades");

    @AfterEach
    void close()
    {
        node.close();
    }

    @Test
    void shouldPrintIdsOfOneSlot()
    {
        final long[] made = ids.done("next", "--count", "5").lines().mapToLong(Long::parseLong).toArray();
        assertEquals(5, made.length);
        assertEquals(5, Arrays.stream(made).distinct().count());
        assertEquals(1, Arrays.stream(made).map(GridIds::slotOf).distinct().count());
        final String json = ids.done("next", "--json");
        assertTrue(json.matches("\\{\"id\":\"trades\",\"value\":\\d+,\"time_ms\":\\d+,\"slot\":\\d+}\n"), json);
        assertEquals(1, ids.done("next").lines().count());
    }

    @Test
    void shouldSayHowItIsUsed()
    {
        ids.assertWrongUsage();
        ids.assertWrongUsage("next", "--count", "0");
        ids.assertWrongUsage("next", "--count", "x");
        ids.assertWrongUsage("last");
    }
}
