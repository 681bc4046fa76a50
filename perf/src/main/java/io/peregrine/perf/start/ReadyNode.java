package io.peregrine.perf.start;

import io.peregrine.client.Codecs;
import io.peregrine.client.GridMap;
import io.peregrine.node.GridNode;
import io.peregrine.node.NodeContext;
import io.peregrine.perf.terminal.Terminal;

/**
 * The process that is timed: launches a node, writes and reads an entry, and says so.
 */
public final class ReadyNode
{
    static final String READY = "ready";

    private ReadyNode()
    {
    }

    /**
     * @param args none.
     */
    public static void main(final String[] args)
    {
        Terminal.quiet();
        try (GridNode node = GridNode.launch(new NodeContext().name("start-" + ProcessHandle.current().pid())))
        {
            final GridMap<String, String> map = node.grid().map("start", Codecs.STRING, Codecs.STRING);
            map.set("state", READY);
            System.out.println(map.get("state"));
            System.out.flush();
        }
    }
}
