package io.peregrine.client;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.ClearReplyEncoder;
import io.peregrine.client.codec.ClearRequestDecoder;
import io.peregrine.client.codec.Kind;
import io.peregrine.client.codec.LockAction;
import io.peregrine.client.codec.LockLookDecoder;
import io.peregrine.client.codec.LockReplyEncoder;
import io.peregrine.client.codec.LockRequestDecoder;
import io.peregrine.client.codec.LockStatus;
import io.peregrine.client.codec.MapBatchReplyEncoder;
import io.peregrine.client.codec.MapBatchRequestDecoder;
import io.peregrine.client.codec.MapReadReplyEncoder;
import io.peregrine.client.codec.MapReadRequestDecoder;
import io.peregrine.client.codec.MapReplyEncoder;
import io.peregrine.client.codec.MapRequestDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.RefusalEncoder;
import io.peregrine.client.codec.ScanReplyEncoder;
import io.peregrine.client.codec.ScanRequestDecoder;
import io.peregrine.client.codec.SizeReplyEncoder;
import io.peregrine.client.codec.SizeRequestDecoder;
import io.peregrine.client.codec.Status;
import io.peregrine.client.codec.StructureReplyEncoder;
import io.peregrine.client.codec.StructureRequestDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Answers requests from a {@link FakeStore}: decodes one, encodes its answer. Not for several threads at a time.
 */
final class FakeAgent
{
    final ExpandableArrayBuffer reply = new ExpandableArrayBuffer();
    /**
     * To what is asked about locks, in this order, but to who leaves the line.
     */
    final Queue<LockStatus> lockAnswers = new ConcurrentLinkedQueue<>();
    /**
     * Who acquired, and who left the line, each time.
     */
    final Queue<Long> acquired = new ConcurrentLinkedQueue<>();
    final Queue<Long> left = new ConcurrentLinkedQueue<>();
    /**
     * For as many times from now on, leaving the line is refused.
     */
    final AtomicInteger refusedLeaves = new AtomicInteger(Integer.MAX_VALUE);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MessageHeaderEncoder replyHeader = new MessageHeaderEncoder();
    private final FakeStore store;

    FakeAgent(final FakeStore store)
    {
        this.store = store;
    }

    /**
     * Answer a request.
     *
     * @return length of the answer in {@link #reply}.
     */
    int answer(final DirectBuffer buffer, final int offset)
    {
        header.wrap(buffer, offset);
        switch (header.templateId())
        {
            case MapRequestDecoder.TEMPLATE_ID:
                return command(new MapRequestDecoder().wrapAndApplyHeader(buffer, offset, header));

            case MapReadRequestDecoder.TEMPLATE_ID:
                return read(new MapReadRequestDecoder().wrapAndApplyHeader(buffer, offset, header));

            case MapBatchRequestDecoder.TEMPLATE_ID:
                return batch(new MapBatchRequestDecoder().wrapAndApplyHeader(buffer, offset, header));

            case ScanRequestDecoder.TEMPLATE_ID:
                return scan(new ScanRequestDecoder().wrapAndApplyHeader(buffer, offset, header));

            case SizeRequestDecoder.TEMPLATE_ID:
                return size(new SizeRequestDecoder().wrapAndApplyHeader(buffer, offset, header));

            case ClearRequestDecoder.TEMPLATE_ID:
                return clear(new ClearRequestDecoder().wrapAndApplyHeader(buffer, offset, header));

            case LockRequestDecoder.TEMPLATE_ID:
                final LockRequestDecoder request = new LockRequestDecoder();
                request.wrapAndApplyHeader(buffer, offset, header);
                return command(request);

            case LockLookDecoder.TEMPLATE_ID:
                return lock(new LockLookDecoder().wrapAndApplyHeader(buffer, offset, header).correlationId());

            default:
                return structure(new StructureRequestDecoder().wrapAndApplyHeader(buffer, offset, header));
        }
    }

    int refuse(final long id, final AnswerKind kind, final Reason reason, final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return end(new RefusalEncoder().wrapAndApplyHeader(reply, 0, replyHeader)
            .correlationId(id).kind(kind).reason(reason).reserved1(0).reserved2(0)
            .putText(bytes, 0, bytes.length).encodedLength());
    }

    private int command(final LockRequestDecoder request)
    {
        if (request.action() == LockAction.LEAVE)
        {
            left.add(request.holder());
            return refusedLeaves.getAndDecrement() > 0 ?
                refuse(request.correlationId(), AnswerKind.REFUSED, Reason.BACK_PRESSURE, "nobody leaves") :
                lock(request.correlationId());
        }
        if (request.action() == LockAction.ACQUIRE)
        {
            acquired.add(request.holder());
        }
        return lock(request.correlationId());
    }

    private int lock(final long id)
    {
        return end(new LockReplyEncoder().wrapAndApplyHeader(reply, 0, replyHeader)
            .correlationId(id).fence(1).remaining(0).sessionId(0).holder(0).waiters(0)
            .status(lockAnswers.isEmpty() ? LockStatus.NOT_HOLDER : lockAnswers.remove())
            .reserved1((short) 0).reserved2(0).total(0).left(0).holders(0).reserved3(0).encodedLength());
    }

    private int command(final MapRequestDecoder request)
    {
        final long id = request.correlationId();
        final int partition = request.partition();
        final FakeStore.Command command = new FakeStore.Command(
            request.structureId(), request.action(), request.condition(), request.flags().returnPrevious(),
            request.ttl(), request.operand(), request.expectedVersion(),
            bytes(request.keyLength(), request::getKey),
            bytes(request.valueLength(), request::getValue),
            bytes(request.expectedLength(), request::getExpected));
        final FakeStore.FakeMap map = store.map(command.structureId());
        if (map == null)
        {
            return destroyed(id);
        }
        final FakeStore.Entry before = store.find(map, partition, command.key());
        final Status status = store.judge(before, command);
        final FakeStore.Entry after = status == Status.APPLIED ?
            store.apply(map, partition, before, command) : before;
        final boolean included = before != null && command.returnPrevious();
        final MapReplyEncoder encoder = new MapReplyEncoder().wrapAndApplyHeader(reply, 0, replyHeader)
            .correlationId(id)
            .version(after == null ? 0 : after.version())
            .number(after == null || after.value().length != 8 ? 0 : FakeStore.number(after.value()))
            .status(status);
        encoder.flags().clear().present(before != null).valueIncluded(included);
        encoder.reserved1(0).reserved2(0);
        encoder.putValue(included ? before.value() : new byte[0], 0, included ? before.value().length : 0);
        return end(encoder.encodedLength());
    }

    private int read(final MapReadRequestDecoder request)
    {
        final long id = request.correlationId();
        final int partition = request.partition();
        final boolean withValue = request.withValue() == 1;
        final long age = request.staleness() / 2;
        final FakeStore.FakeMap map = store.map(request.structureId());
        if (map == null)
        {
            return destroyed(id);
        }
        final FakeStore.Entry entry = store.find(map, partition, bytes(request.keyLength(), request::getKey));
        final boolean included = entry != null && withValue;
        final MapReadReplyEncoder encoder = new MapReadReplyEncoder().wrapAndApplyHeader(reply, 0, replyHeader)
            .correlationId(id)
            .version(entry == null ? 0 : entry.version())
            .ttlLeft(entry == null ? -1 : left(entry))
            .maxIdle(-1)
            .age(age)
            .fullLength(entry == null ? 0 : entry.value().length);
        encoder.flags().clear().present(entry != null).valueIncluded(included);
        encoder.reserved1((short) 0).reserved2(0);
        encoder.putValue(included ? entry.value() : new byte[0], 0, included ? entry.value().length : 0);
        return end(encoder.encodedLength());
    }

    private int batch(final MapBatchRequestDecoder request)
    {
        final long id = request.correlationId();
        final int partition = request.partition();
        final List<FakeStore.Command> commands = new ArrayList<>();
        for (final MapBatchRequestDecoder.CommandsDecoder command : request.commands())
        {
            commands.add(new FakeStore.Command(
                command.structureId(), command.action(), command.condition(), command.flags().returnPrevious(),
                command.ttl(), command.operand(), command.expectedVersion(),
                bytes(command.keyLength(), command::getKey),
                bytes(command.valueLength(), command::getValue),
                bytes(command.expectedLength(), command::getExpected)));
        }
        int firstRefused = -1;
        final List<Status> statuses = new ArrayList<>();
        for (final FakeStore.Command command : commands)
        {
            final FakeStore.FakeMap map = store.map(command.structureId());
            if (map == null)
            {
                return destroyed(id);
            }
            final Status status = store.judge(store.find(map, partition, command.key()), command);
            firstRefused = firstRefused < 0 && status != Status.APPLIED ? statuses.size() : firstRefused;
            statuses.add(status);
        }
        final MapBatchReplyEncoder encoder = new MapBatchReplyEncoder().wrapAndApplyHeader(reply, 0, replyHeader)
            .correlationId(id).firstRefused(firstRefused).reserved1(0);
        final MapBatchReplyEncoder.ResultsEncoder results = encoder.resultsCount(commands.size());
        for (int i = 0; i < commands.size(); i++)
        {
            result(partition, commands.get(i), firstRefused < 0, statuses.get(i), results.next());
        }
        return end(encoder.encodedLength());
    }

    private void result(
        final int partition,
        final FakeStore.Command command,
        final boolean apply,
        final Status status,
        final MapBatchReplyEncoder.ResultsEncoder result)
    {
        final FakeStore.FakeMap map = store.map(command.structureId());
        final FakeStore.Entry before = store.find(map, partition, command.key());
        final FakeStore.Entry after = apply ? store.apply(map, partition, before, command) : before;
        result.version(after == null ? 0 : after.version())
            .number(after == null || after.value().length != 8 ? 0 : FakeStore.number(after.value()))
            .status(!apply && status == Status.APPLIED ? Status.NOT_DONE : status);
        result.flags().clear().present(before != null);
        result.reserved2(0).reserved3(0).putValue(new byte[0], 0, 0);
    }

    private int scan(final ScanRequestDecoder request)
    {
        final FakeStore.FakeMap map = store.map(request.structureId());
        if (map == null)
        {
            return destroyed(request.correlationId());
        }
        final List<Map.Entry<ByteBuffer, FakeStore.Entry>> all =
            new ArrayList<>(map.partitions.get(request.partition()).entrySet());
        all.removeIf((entry) -> entry.getValue().deadline() <= store.now);
        final int from = (int) request.cursor();
        final int to = Math.min(all.size(), from + request.maxEntries());
        final boolean keysOnly = request.flags().keysOnly();
        final ScanReplyEncoder encoder = new ScanReplyEncoder().wrapAndApplyHeader(reply, 0, replyHeader)
            .correlationId(request.correlationId()).nextCursor(to >= all.size() ? 0 : to)
            .nextPartition(request.partition() + (to >= all.size() ? 1 : 0)).reserved1(0);
        final ScanReplyEncoder.EntriesEncoder entries = encoder.entriesCount(Math.max(0, to - from));
        for (int i = from; i < to; i++)
        {
            final FakeStore.Entry entry = all.get(i).getValue();
            final byte[] key = all.get(i).getKey().array();
            final byte[] value = keysOnly ? new byte[0] : entry.value();
            entries.next().version(entry.version()).ttlLeft(left(entry))
                .putKey(key, 0, key.length).putValue(value, 0, value.length);
        }
        return end(encoder.encodedLength());
    }

    private int size(final SizeRequestDecoder request)
    {
        final FakeStore.FakeMap map = store.map(request.structureId());
        return map == null ? destroyed(request.correlationId()) :
            end(new SizeReplyEncoder().wrapAndApplyHeader(reply, 0, replyHeader)
                .correlationId(request.correlationId())
                .size(map.partitions.get(request.partition()).size()).encodedLength());
    }

    private int clear(final ClearRequestDecoder request)
    {
        final FakeStore.FakeMap map = store.map(request.structureId());
        if (map == null)
        {
            return destroyed(request.correlationId());
        }
        final int removed = map.partitions.get(request.partition()).size();
        map.partitions.get(request.partition()).clear();
        return end(new ClearReplyEncoder().wrapAndApplyHeader(reply, 0, replyHeader)
            .correlationId(request.correlationId()).removed(removed).encodedLength());
    }

    private int structure(final StructureRequestDecoder request)
    {
        final long id = request.correlationId();
        final List<FakeStore.FakeMap> maps = new ArrayList<>();
        switch (request.action())
        {
            case OPEN:
                final FakeStore.FakeMap map = store.open(
                    new String(bytes(request.nameLength(), request::getName), StandardCharsets.UTF_8),
                    request.ttl(),
                    request.maxIdle());
                if (map == null)
                {
                    return refuse(id, AnswerKind.FAILED, Reason.DEFINED_OTHERWISE, "it has another expiry");
                }
                maps.add(map);
                break;

            case DESTROY:
                if (!store.destroy(request.structureId()))
                {
                    return destroyed(id);
                }
                break;

            default:
                store.all().forEach(maps::add);
                break;
        }
        final StructureReplyEncoder encoder = new StructureReplyEncoder().wrapAndApplyHeader(reply, 0, replyHeader)
            .correlationId(id);
        final StructureReplyEncoder.StructuresEncoder group = encoder.structuresCount(maps.size());
        for (final FakeStore.FakeMap map : maps)
        {
            final byte[] name = map.name.getBytes(StandardCharsets.UTF_8);
            group.next().ttl(map.ttl).maxIdle(map.maxIdle).structureId(map.id).kind(Kind.MAP)
                .reserved1((short) 0).reserved2(0).putName(name, 0, name.length);
        }
        return end(encoder.encodedLength());
    }

    private int destroyed(final long id)
    {
        return refuse(id, AnswerKind.FAILED, Reason.DESTROYED, "the map does not exist any more");
    }

    private long left(final FakeStore.Entry entry)
    {
        return entry.deadline() == Long.MAX_VALUE ? -1 : entry.deadline() - store.now;
    }

    private static int end(final int encodedLength)
    {
        return MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
    }

    private static byte[] bytes(final int length, final Getter getter)
    {
        final byte[] bytes = new byte[length];
        getter.get(bytes, 0, length);
        return bytes;
    }

    private interface Getter
    {
        int get(byte[] dst, int offset, int length);
    }
}
