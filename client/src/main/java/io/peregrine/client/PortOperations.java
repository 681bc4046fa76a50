package io.peregrine.client;

import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Order;
import io.peregrine.client.codec.OrderReplyDecoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * What operators ask, over the grid's port. Any thread.
 */
final class PortOperations implements GridOperations
{
    private final PortGrid grid;

    PortOperations(final PortGrid grid)
    {
        this.grid = grid;
    }

    @Override
    public NodeStatus node(final int member)
    {
        return call((calls) -> new StatusCall().ask(calls, member));
    }

    @Override
    public PartitionsStatus partitions(final int member, final int agents)
    {
        return call((calls) -> new PartitionsCall().ask(calls, member, agents));
    }

    @Override
    public OrderResult leave(final int member, final long life)
    {
        return call((calls) -> order(calls, Order.LEAVE, member, life));
    }

    @Override
    public OrderResult acceptLoss(final int partition, final long epoch)
    {
        return call((calls) -> order(calls, Order.ACCEPT_LOSS, partition, epoch));
    }

    @Override
    public OrderResult declareDead(final int member, final long life)
    {
        return call((calls) -> order(calls, Order.DECLARE_DEAD, member, life));
    }

    private static OrderResult order(
        final BlockingCalls calls, final Order what, final int number, final long expected)
    {
        calls.order(what, number, expected);
        final OrderReplyDecoder reply = new OrderReplyDecoder();
        reply.wrapAndApplyHeader(calls.exchange().answer(), 0, new MessageHeaderDecoder());
        final byte[] reason = new byte[reply.reasonLength()];
        reply.getReason(reason, 0, reason.length);
        return new OrderResult(
            ruling(reply.ruling()), new String(reason, StandardCharsets.UTF_8));
    }

    /**
     * Of a ruling that is not known here nothing can be said but that.
     */
    private static Ruling ruling(final io.peregrine.client.codec.Ruling told)
    {
        switch (told)
        {
            case DONE:
                return Ruling.DONE;

            case REFUSED:
                return Ruling.REFUSED;

            default:
                return Ruling.UNKNOWN;
        }
    }

    private <T> T call(final Function<BlockingCalls, T> question)
    {
        final Caller caller = grid.caller();
        caller.enter();
        try
        {
            return question.apply(caller.calls());
        }
        finally
        {
            caller.exit();
        }
    }
}
