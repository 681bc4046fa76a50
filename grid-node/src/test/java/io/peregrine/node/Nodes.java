package io.peregrine.node;

import io.peregrine.client.config.SettingInputs;

import java.nio.file.Path;

/**
 * Contexts of nodes for tests: small, and deaf to the environment.
 */
public final class Nodes
{
    private Nodes()
    {
    }

    /**
     * @param threading of the node.
     * @return a context with a live directory among temporary files.
     */
    public static NodeContext context(final Threading threading)
    {
        return new NodeContext()
            .inputs(SettingInputs.NONE)
            .threading(threading)
            .memoryLimit(64 << 20)
            .set(NodeSettings.LIVE_DIR, Path.of(System.getProperty("java.io.tmpdir"), "peregrine-test").toString());
    }
}
