package io.peregrine.node.agent;

import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.Order;
import io.peregrine.client.codec.OrderReplyEncoder;
import io.peregrine.client.codec.OrderRequestDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.Ruling;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlPlane;
import io.peregrine.node.control.ControlResult;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Orders;
import io.peregrine.node.partition.Replies;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hands orders of operators on to those who decide, and says what became of them: rare, so that it may make garbage.
 * One for each data agent, whose thread it is on.
 */
final class OrderDesk
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int MAX_WAITING = 256;

    private final OrderRequestDecoder request = new OrderRequestDecoder();
    private final OrderReplyEncoder reply = new OrderReplyEncoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final List<Given> waiting = new ArrayList<>();
    private final ControlPlane control;
    private final Replies replies;

    OrderDesk(final ControlPlane control, final Replies replies)
    {
        this.control = control;
        this.replies = replies;
    }

    void onRequest(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MessageHeaderDecoder of,
        final MessageSink sink)
    {
        request.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final long correlationId = request.correlationId();
        if (of.blockLength() < OrderRequestDecoder.BLOCK_LENGTH || length < HEADER + of.blockLength() ||
            request.orderRaw() < 0 || request.orderRaw() > Order.DECLARE_DEAD.value())
        {
            replies.refuse(sink, 0, correlationId, Reason.MALFORMED, false);
            return;
        }
        if (waiting.size() >= MAX_WAITING)
        {
            replies.refuse(sink, 0, correlationId, Reason.BACK_PRESSURE, false);
            return;
        }

        final Order order = request.order();
        final String against = against(order);
        if (against != null)
        {
            send(sink, correlationId, Ruling.REFUSED, against);
            return;
        }

        final Given given = new Given(sink, correlationId);
        waiting.add(given);
        control.submit(command(order), given);
    }

    /**
     * Answer those for whom something was decided meanwhile.
     *
     * @return work done.
     */
    int work()
    {
        int work = 0;
        for (int i = waiting.size() - 1; i >= 0; i--)
        {
            final Given given = waiting.get(i);
            if (given.isAnswered)
            {
                waiting.remove(i);
                answer(given);
                work++;
            }
        }

        return work;
    }

    private String against(final Order order)
    {
        final ControlView view = control.view();
        switch (order)
        {
            case LEAVE:
                return Orders.againstLeaving(view, request.number(), request.expected());
            case DECLARE_DEAD:
                return Orders.againstDeath(view, request.number(), request.expected());
            default:
                return null;
        }
    }

    private ControlCommand command(final Order order)
    {
        switch (order)
        {
            case LEAVE:
                return new ControlCommand.Leave(request.number(), request.expected());
            case DECLARE_DEAD:
                return new ControlCommand.DeclareDead(request.number(), request.expected());
            default:
                return new ControlCommand.AcceptLoss(request.number(), request.expected());
        }
    }

    private void answer(final Given given)
    {
        final ControlResult result = given.result;
        if (result == null)
        {
            send(given.sink, given.correlationId, Ruling.UNKNOWN,
                "those who decide did not answer in time; it may be decided yet: look at the status");
        }
        else
        {
            send(given.sink, given.correlationId, result.ok() ? Ruling.DONE : Ruling.REFUSED,
                result.ok() ? "" : Orders.meaningOf(result.code()));
        }
    }

    private void send(final MessageSink sink, final long correlationId, final Ruling ruling, final String reason)
    {
        final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
        final byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        reply.wrapAndApplyHeader(message, 0, header)
            .correlationId(correlationId)
            .ruling(ruling)
            .reserved1((short) 0)
            .reserved2(0)
            .reserved3(0)
            .putReason(text, 0, text.length);
        final int length = HEADER + reply.encodedLength();
        final int at = sink.tryClaim(0, length);
        sink.buffer().putBytes(at, message, 0, length);
        sink.commit();
    }

    /**
     * An order that was given. Answered on any thread, looked at on the agent's.
     */
    private static final class Given implements Consumer<ControlResult>
    {
        private final MessageSink sink;
        private final long correlationId;
        private ControlResult result;
        private volatile boolean isAnswered;

        private Given(final MessageSink sink, final long correlationId)
        {
            this.sink = sink;
            this.correlationId = correlationId;
        }

        @Override
        public void accept(final ControlResult decided)
        {
            result = decided;
            isAnswered = true;
        }
    }
}
