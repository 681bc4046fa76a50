package io.peregrine.node.remote;

import io.peregrine.client.Grid;
import io.peregrine.client.GridClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;

/**
 * A {@link ModelRun} in a process of its own, which may be stopped and whose network may lose datagrams. It
 * stays until its input ends, so that it is there to be stopped.
 */
public final class ModelChild
{
    static final String AMID = "amid";
    static final String DONE = "done: ";

    private ModelChild()
    {
    }

    /**
     * @param args address, live directory, clients, seed, phases, steps.
     * @throws InterruptedException when it is interrupted.
     * @throws IOException          when its input cannot be read.
     */
    public static void main(final String[] args) throws InterruptedException, IOException
    {
        final List<GridClient> clients = new ArrayList<>();
        final List<Grid> grids = new ArrayList<>();
        for (int i = Integer.parseInt(args[2]); i > 0; i--)
        {
            final GridClient client = GridClient.connect(Children.context(args[0], args[1]));
            clients.add(client);
            grids.add(client.grid());
        }
        final ModelRun run = new ModelRun(
            grids,
            Long.parseLong(args[3]),
            Integer.parseInt(args[4]),
            Integer.parseInt(args[5]),
            true,
            () -> System.out.println(AMID));
        final String done = run.run();
        System.in.readAllBytes();
        CloseHelper.closeAll(clients);
        System.out.println(DONE + done);
    }
}
