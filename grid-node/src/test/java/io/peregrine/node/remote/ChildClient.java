package io.peregrine.node.remote;

import io.peregrine.client.ClientSettings;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridClientContext;
import io.peregrine.client.config.SettingInputs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A client in a process of its own, which counts with several threads.
 */
public final class ChildClient
{
    static final String READY = "ready";

    private ChildClient()
    {
    }

    /**
     * @param args address, live directory, prefix of the keys, threads, how often each adds.
     * @throws InterruptedException when it is interrupted.
     */
    public static void main(final String[] args) throws InterruptedException
    {
        final int threads = Integer.parseInt(args[3]);
        final int times = Integer.parseInt(args[4]);
        try (GridClient client = GridClient.connect(new GridClientContext()
            .inputs(SettingInputs.NONE).connect(args[0]).set(ClientSettings.LIVE_DIR, args[1])))
        {
            System.out.println(READY);
            final List<Counting> all = new ArrayList<>();
            final List<Thread> running = new ArrayList<>();
            for (int i = 0; i < threads; i++)
            {
                final Counting counting = new Counting(client.grid(), args[2] + i, false);
                all.add(counting);
                final Thread thread = new Thread(() -> count(counting, times));
                running.add(thread);
                thread.start();
            }
            for (final Thread thread : running)
            {
                thread.join();
            }
            System.out.println(all.stream().mapToLong(Counting::done).sum());
        }
    }

    static List<String> command(final List<String> flags, final String... args)
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED", "-ea"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ChildClient.class.getName()));
        command.addAll(List.of(args));
        return command;
    }

    private static void count(final Counting counting, final int times)
    {
        while (counting.done() < times)
        {
            counting.step();
        }
    }
}
