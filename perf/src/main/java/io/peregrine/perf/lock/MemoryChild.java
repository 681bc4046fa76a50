package io.peregrine.perf.lock;

import io.peregrine.client.Grid;
import io.peregrine.client.LockLease;
import io.peregrine.client.config.SettingInputs;
import io.peregrine.node.GridNode;
import io.peregrine.node.MemoryPolicy;
import io.peregrine.node.NodeContext;
import io.peregrine.node.NodeSettings;
import io.peregrine.perf.process.ChildMain;
import io.peregrine.perf.process.ChildProcess;
import io.peregrine.perf.process.Jvm;
import io.peregrine.perf.process.Usage;
import io.peregrine.perf.process.Workplace;
import io.peregrine.perf.terminal.Terminal;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A node in a process of its own that takes locks and looks what they cost it. Its heap is resident from the beginning,
 * so that what is more later is not garbage.
 */
public final class MemoryChild
{
    /**
     * What it says when it is through a stage; resident kilobytes follow, and bytes that maps and locks use.
     */
    static final String TAKEN = "taken ";

    private static final int HEAP_MB = 512;
    private static final long MEMORY = 1L << 30;
    private static final int WARM_UP = 50_000;
    private static final String USED = "memory.used.bytes";
    private static final Duration LEASE = Duration.ofHours(1);

    private MemoryChild()
    {
    }

    static LocksMemory measure(final Workplace workplace, final int locks) throws InterruptedException
    {
        try (ChildProcess child = Jvm.start(
            List.of("-XX:+AlwaysPreTouch"), MemoryChild.class, HEAP_MB,
            workplace.resolve("memory").toString(), Integer.toString(locks)))
        {
            final LocksMemory.Taken before = taken(child);
            return new LocksMemory(
                locks, taken(child).since(before), taken(child).since(before), taken(child).since(before));
        }
    }

    private static LocksMemory.Taken taken(final ChildProcess child) throws InterruptedException
    {
        final String[] words = child.await(TAKEN).split(" ");
        return new LocksMemory.Taken(Long.parseLong(words[0]), Long.parseLong(words[1]));
    }

    /**
     * @param args directory where the node shows itself, locks.
     * @throws IOException when this is no Linux.
     */
    public static void main(final String[] args) throws IOException
    {
        Terminal.quiet();
        final int locks = Integer.parseInt(args[1]);
        try (GridNode node = GridNode.launch(new NodeContext()
            .inputs(SettingInputs.NONE)
            .set(NodeSettings.LIVE_DIR, args[0])
            .memoryLimit(MEMORY)
            .memoryPolicy(MemoryPolicy.REFUSE)))
        {
            final Grid grid = node.grid();
            use(grid, "warm-", Math.min(WARM_UP, locks));
            say(grid);
            use(grid, "lock-", locks);
            say(grid);
            final long[] holders = new long[locks];
            final long[] fences = new long[locks];
            hold(grid, holders, fences);
            say(grid);
            for (int i = 0; i < locks; i++)
            {
                grid.lock("lock-" + i).adopt(holders[i], fences[i]).release();
            }
            say(grid);
        }
    }

    private static void use(final Grid grid, final String prefix, final int locks)
    {
        for (int i = 0; i < locks; i++)
        {
            grid.lock(prefix + i).tryAcquire(LEASE).release();
        }
    }

    private static void hold(final Grid grid, final long[] holders, final long[] fences)
    {
        for (int i = 0; i < holders.length; i++)
        {
            final LockLease lease = grid.lock("lock-" + i).tryAcquire(LEASE);
            lease.detach();
            holders[i] = lease.holder();
            fences[i] = lease.fence();
        }
    }

    private static void say(final Grid grid) throws IOException
    {
        ChildMain.say(TAKEN + Usage.of(ProcessHandle.current().pid()).memoryKb() + " " +
            grid.nodeStatus().counter(USED));
    }
}
