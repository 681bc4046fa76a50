package io.peregrine.node.agent;

import io.peregrine.node.partition.AgentPartitions;
import io.peregrine.node.partition.CopyState;
import io.peregrine.node.partition.Inspection;
import io.peregrine.node.partition.Partition;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Looks at the copies of a data agent for whoever asks, one partition a cycle, so that nothing waits longer than for
 * one of them. On the agent's thread, but for the asking.
 */
final class CopySurvey
{
    private final ManyToOneConcurrentLinkedQueue<CompletableFuture<List<CopyState>>> asked =
        new ManyToOneConcurrentLinkedQueue<>();
    private final AgentPartitions partitions;
    private CompletableFuture<List<CopyState>> asking;
    private List<CopyState> found;
    private int next;
    private int end;
    private volatile boolean isClosed;

    CopySurvey(final AgentPartitions partitions)
    {
        this.partitions = partitions;
    }

    /**
     * Any thread.
     *
     * @return what is found, completed on the agent's thread.
     */
    CompletableFuture<List<CopyState>> ask()
    {
        final CompletableFuture<List<CopyState>> answer = new CompletableFuture<>();
        asked.offer(answer);
        if (isClosed)
        {
            fail(answer);
        }

        return answer;
    }

    /**
     * Begin with what the next one asks, if nothing is under way.
     *
     * @param count of partitions of the grid.
     */
    void begin(final int count)
    {
        if (asking == null)
        {
            asking = asked.poll();
            found = asking == null ? null : new ArrayList<>();
            next = 0;
            end = count;
        }
    }

    /**
     * @return work done.
     */
    int work()
    {
        if (asking == null)
        {
            return 0;
        }

        Partition partition = null;
        while (partition == null && next < end)
        {
            partition = partitions.partition(next++);
        }
        final CopyState state = partition == null ? null : Inspection.state(partition);
        if (state != null)
        {
            found.add(state);
        }
        if (next == end)
        {
            asking.complete(found);
            asking = null;
        }

        return 1;
    }

    void close()
    {
        isClosed = true;
        if (asking != null)
        {
            fail(asking);
            asking = null;
        }
        for (CompletableFuture<List<CopyState>> other = asked.poll(); other != null; other = asked.poll())
        {
            fail(other);
        }
    }

    private static void fail(final CompletableFuture<List<CopyState>> answer)
    {
        answer.completeExceptionally(
            new IllegalStateException("the node is closed: its copies were not looked at; ask one that serves"));
    }
}
