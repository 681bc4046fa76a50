package io.peregrine.client;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.MapBatchReplyDecoder;
import io.peregrine.client.codec.MapBatchRequestEncoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends batches and waits for them.
 */
final class BatchCalls
{
    private static final int FIXED = MessageHeaderEncoder.ENCODED_LENGTH + MapBatchRequestEncoder.BLOCK_LENGTH +
        MapBatchRequestEncoder.CommandsEncoder.HEADER_SIZE;

    private BatchCalls()
    {
    }

    /**
     * @param lease whose fence it carries; null for none.
     */
    static BatchResult execute(
        final BlockingCalls calls, final int partition, final List<BatchCommand> commands, final Lease lease)
    {
        BlockingCalls.checkInterrupt();
        final Exchange exchange = calls.exchange();
        int length = FIXED;
        for (final BatchCommand command : commands)
        {
            length += command.length();
        }
        final long deadline = calls.deadline();
        long id = Exchange.BACK_PRESSURED;
        for (int attempt = 0; id <= 0; attempt++)
        {
            id = calls.writer().fenced().claim(partition, length, lease);
            calls.awaitRoomUnlessSent(id, attempt, deadline);
        }
        write(exchange, id, partition, commands);
        exchange.commit(0);
        calls.awaitOrThrow(id);
        return read(exchange);
    }

    private static void write(
        final Exchange exchange, final long id, final int partition, final List<BatchCommand> commands)
    {
        final MapBatchRequestEncoder request = new MapBatchRequestEncoder();
        request.wrapAndApplyHeader(exchange.buffer(), exchange.offset(), new MessageHeaderEncoder())
            .correlationId(id)
            .sessionId(0)
            .requestNumber(0)
            .lowestUnanswered(0)
            .partition(partition)
            .reserved1(0);
        final MapBatchRequestEncoder.CommandsEncoder group = request.commandsCount(commands.size());
        for (final BatchCommand command : commands)
        {
            group.next()
                .ttl(command.expiry.ttlNs())
                .maxIdle(command.expiry.maxIdleNs())
                .operand(command.operand)
                .expectedVersion(command.when.version)
                .structureId(command.structureId)
                .action(command.action)
                .condition(command.when.condition);
            group.flags().clear();
            group.reserved2((short) 0)
                .putKey(command.key, 0, command.key.length)
                .putValue(command.value, 0, command.value.length)
                .putExpected(command.expected, 0, command.expected.length);
        }
    }

    private static BatchResult read(final Exchange exchange)
    {
        final MapBatchReplyDecoder reply = new MapBatchReplyDecoder();
        reply.wrapAndApplyHeader(exchange.answer(), 0, new MessageHeaderDecoder());
        final int firstRefused = reply.firstRefused();
        final List<KeyResult> results = new ArrayList<>();
        for (final MapBatchReplyDecoder.ResultsDecoder result : reply.results())
        {
            results.add(result(result));
        }
        return new BatchResult(firstRefused < 0, firstRefused, List.copyOf(results));
    }

    private static KeyResult result(final MapBatchReplyDecoder.ResultsDecoder result)
    {
        final long version = result.version();
        final long number = result.number();
        final Status status = result.status();
        final boolean present = result.flags().present();
        result.skipValue();
        switch (status)
        {
            case APPLIED:
                return new KeyResult(Outcome.APPLIED, version, present, number, null);

            case CONDITION_FAILED:
            case NOT_DONE:
                return new KeyResult(Outcome.CONDITION_FAILED, version, present, number, null);

            case NOT_A_NUMBER:
                return new KeyResult(Outcome.FAILED, version, present, number,
                    Errors.failed(ErrorCode.NOT_A_NUMBER, "the value there is not a number of 8 bytes"));

            case OVERFLOW:
                return new KeyResult(Outcome.FAILED, version, present, number,
                    Errors.failed(ErrorCode.OVERFLOW, "the sum does not fit into 64 bits"));

            default:
                throw Errors.of(AnswerKind.UNKNOWN, ErrorCode.INTERNAL, "an answer of a kind not known here");
        }
    }
}
