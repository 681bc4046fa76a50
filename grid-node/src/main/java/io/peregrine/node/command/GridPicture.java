package io.peregrine.node.command;

import io.peregrine.client.GridException;
import io.peregrine.client.GridOperations;
import io.peregrine.client.NodeStatus;
import io.peregrine.client.PartitionsStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What all nodes of a grid answer at about one moment. Each is asked on a thread of its own, and who does not answer in
 * time is silent: nobody is waited for longer.
 *
 * @param here  what the node says that was connected to.
 * @param nodes the answers, in the order of the members' numbers.
 */
record GridPicture(NodeStatus here, List<NodeAnswer> nodes)
{
    /**
     * Ask all nodes.
     *
     * @param grid      to ask.
     * @param timeoutNs how long to wait, once for the node that is connected to and once for all others together.
     * @return the answers.
     * @throws CommandFailure where not even the node that is connected to answers.
     */
    static GridPicture ask(final GridOperations grid, final long timeoutNs)
    {
        final NodeStatus here;
        try
        {
            here = begin(() -> grid.node(GridOperations.HERE)).get(timeoutNs, TimeUnit.NANOSECONDS);
        }
        catch (final TimeoutException ex)
        {
            throw new CommandFailure("the node is connected and does not answer within " +
                TimeUnit.NANOSECONDS.toSeconds(timeoutNs) + " s; ask another one by --connect, or wait longer " +
                "by --timeout");
        }
        catch (final ExecutionException ex)
        {
            throw ex.getCause() instanceof GridException known ? known : new IllegalStateException(ex.getCause());
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted; nothing was changed");
        }
        return new GridPicture(here, askAll(grid, here, timeoutNs));
    }

    private static List<NodeAnswer> askAll(final GridOperations grid, final NodeStatus here, final long timeoutNs)
    {
        final long endNs = System.nanoTime() + timeoutNs;
        final List<CompletableFuture<NodeAnswer>> asked = new ArrayList<>();
        for (final NodeStatus.MemberStatus member : here.members())
        {
            final boolean isHere = member.name().equals(here.name());
            asked.add(begin(() -> ask(grid, member, isHere ? here : null)));
        }
        final List<NodeAnswer> answers = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++)
        {
            answers.add(await(asked.get(i), here.members().get(i), endNs));
        }
        return answers;
    }

    private static NodeAnswer ask(
        final GridOperations grid, final NodeStatus.MemberStatus member, final NodeStatus here)
    {
        final NodeStatus status = here == null ? grid.node(member.member()) : here;
        final PartitionsStatus partitions =
            grid.partitions(here == null ? member.member() : GridOperations.HERE, status.agents());
        return new NodeAnswer(member, status, partitions, null);
    }

    private static NodeAnswer await(
        final CompletableFuture<NodeAnswer> answer, final NodeStatus.MemberStatus member, final long endNs)
    {
        try
        {
            return answer.get(Math.max(0, endNs - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        catch (final TimeoutException ex)
        {
            return new NodeAnswer(member, null, null, "no answer in time");
        }
        catch (final ExecutionException ex)
        {
            return new NodeAnswer(member, null, null, ex.getCause().getMessage());
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            return new NodeAnswer(member, null, null, "interrupted");
        }
    }

    private static <T> CompletableFuture<T> begin(final Supplier<T> question)
    {
        final CompletableFuture<T> answer = new CompletableFuture<>();
        final Thread thread = new Thread(() ->
        {
            try
            {
                answer.complete(question.get());
            }
            catch (final RuntimeException | Error ex)
            {
                answer.completeExceptionally(ex);
            }
        }, "status");
        thread.setDaemon(true);
        thread.start();
        return answer;
    }
}
