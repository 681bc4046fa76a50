package io.peregrine.node.command;

import io.peregrine.client.ClientSettings;
import io.peregrine.client.Grid;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridClientContext;
import io.peregrine.client.config.SettingInputs;

import java.util.Map;

/**
 * How a command comes to the grid that it works on.
 */
@FunctionalInterface
public interface GridSource
{
    /**
     * By a connection of this process.
     */
    GridSource REMOTE = address ->
    {
        final SettingInputs inputs = SettingInputs.ofProcess().withArguments(
            address == null ? Map.of() : Map.of(ClientSettings.CONNECT.name(), address));
        final GridClient client = GridClient.connect(new GridClientContext().inputs(inputs));
        return new Connection(client.grid(), client::close);
    };

    /**
     * @param address as the user gave it; null where he did not.
     * @return the grid, to be closed.
     */
    Connection connect(String address);

    /**
     * A grid while a command works on it.
     *
     * @param grid to work on.
     * @param end  gives back what was taken for it.
     */
    record Connection(Grid grid, Runnable end) implements AutoCloseable
    {
        @Override
        public void close()
        {
            end.run();
        }
    }
}
