package io.peregrine.perf.sim.workload;

import io.peregrine.client.codec.Action;
import io.peregrine.client.codec.MapBatchReplyDecoder;
import io.peregrine.client.codec.MapReadReplyDecoder;
import io.peregrine.client.codec.MapReplyDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.OpenSessionReplyDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.RefusalDecoder;
import io.peregrine.client.codec.ResultFlagsDecoder;
import io.peregrine.client.codec.ScanReplyDecoder;
import io.peregrine.client.codec.Status;
import io.peregrine.perf.linear.Fate;
import io.peregrine.perf.linear.Step;
import io.peregrine.perf.sim.world.Violation;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads answers.
 */
final class Answers
{
    private static final int ROOT = MessageHeaderDecoder.ENCODED_LENGTH;

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MapReplyDecoder map = new MapReplyDecoder();
    private final MapReadReplyDecoder read = new MapReadReplyDecoder();
    private final MapBatchReplyDecoder batch = new MapBatchReplyDecoder();
    private final ScanReplyDecoder scan = new ScanReplyDecoder();
    private final OpenSessionReplyDecoder session = new OpenSessionReplyDecoder();
    private final RefusalDecoder refusal = new RefusalDecoder();

    static long correlationId(final byte[] bytes)
    {
        return new UnsafeBuffer(bytes).getLong(ROOT, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * @param asking that is answered.
     * @param bytes  of the answer.
     * @return the answer.
     */
    Answer read(final Asking asking, final byte[] bytes)
    {
        buffer.wrap(bytes);
        header.wrap(buffer, 0);
        return switch (header.templateId())
        {
            case RefusalDecoder.TEMPLATE_ID -> refusal();
            case MapReplyDecoder.TEMPLATE_ID -> command(asking.items.get(0));
            case MapReadReplyDecoder.TEMPLATE_ID -> read(asking.items.get(0).key());
            case MapBatchReplyDecoder.TEMPLATE_ID -> batch(asking.items);
            case ScanReplyDecoder.TEMPLATE_ID -> scan();
            case OpenSessionReplyDecoder.TEMPLATE_ID -> Answer.next(
                List.of(), List.of(), session.wrapAndApplyHeader(buffer, 0, header).sessionId());
            default -> throw new Violation("an answer of a kind that nobody knows: " + header.templateId());
        };
    }

    private Answer refusal()
    {
        refusal.wrapAndApplyHeader(buffer, 0, header);
        return Answer.refused(refusal.kind(), Reason.get(refusal.reasonRaw()));
    }

    private Answer read(final String key)
    {
        read.wrapAndApplyHeader(buffer, 0, header);
        final long version = read.version();
        final long ageNs = read.age();
        final Object value = read.flags().present() ? value(key, bytesOf(read)) : null;
        return Answer.next(
            List.of(Step.read(key, value)), List.of(new Seen(key, value, version)), ageNs);
    }

    private Answer command(final Item item)
    {
        map.wrapAndApplyHeader(buffer, 0, header);
        final long version = map.version();
        final long number = map.number();
        final Status status = map.status();
        final ResultFlagsDecoder flags = map.flags();
        final boolean isPresent = flags.present();
        final boolean isIncluded = flags.valueIncluded();
        final byte[] previous = new byte[map.valueLength()];
        map.getValue(previous, 0, previous.length);
        final Fate fate = fate(status);
        return Answer.done(
            fate,
            List.of(step(item, number, isPresent, isIncluded, previous)),
            seen(item, fate, number, version));
    }

    private Answer batch(final List<Item> items)
    {
        batch.wrapAndApplyHeader(buffer, 0, header);
        final List<Step> steps = new ArrayList<>();
        final List<Seen> seen = new ArrayList<>();
        final Fate fate = batch.firstRefused() < 0 ? Fate.DONE : Fate.NOT_DONE;
        int place = 0;
        for (final MapBatchReplyDecoder.ResultsDecoder result : batch.results())
        {
            final Item item = items.get(place++);
            final long version = result.version();
            final long number = result.number();
            final Status status = result.status();
            final boolean isPresent = result.flags().present();
            final boolean isIncluded = result.flags().valueIncluded();
            final byte[] previous = new byte[result.valueLength()];
            result.getValue(previous, 0, previous.length);
            if (status != Status.NOT_DONE)
            {
                steps.add(step(item, number, isPresent, isIncluded, previous));
            }
            else if (item.action() != Action.ADD)
            {
                steps.add(item.step(number));
            }
            if (fate == Fate.DONE)
            {
                seen.addAll(seen(item, fate, number, version));
            }
        }
        return Answer.done(fate, steps, seen);
    }

    private Answer scan()
    {
        scan.wrapAndApplyHeader(buffer, 0, header);
        final long next = scan.nextCursor();
        final List<Step> steps = new ArrayList<>();
        final List<Seen> seen = new ArrayList<>();
        for (final ScanReplyDecoder.EntriesDecoder entry : scan.entries())
        {
            final long version = entry.version();
            final byte[] key = new byte[entry.keyLength()];
            entry.getKey(key, 0, key.length);
            final byte[] bytes = new byte[entry.valueLength()];
            entry.getValue(bytes, 0, bytes.length);
            final String name = new String(key, StandardCharsets.US_ASCII);
            if (name.charAt(0) != Keys.OF_HOLDER)
            {
                final Object value = value(name, bytes);
                steps.add(Step.read(name, value));
                seen.add(new Seen(name, value, version));
            }
        }
        return Answer.next(steps, seen, next);
    }

    private static Fate fate(final Status status)
    {
        return switch (status)
        {
            case APPLIED -> Fate.DONE;
            case CONDITION_FAILED -> Fate.NOT_DONE;
            default -> throw new Violation("a command that cannot fail was answered " + status);
        };
    }

    private static Step step(
        final Item item,
        final long number,
        final boolean isPresent,
        final boolean isIncluded,
        final byte[] previous)
    {
        final Step step = item.step(number);
        if (step.sight() != Step.Sight.NONE)
        {
            return step;
        }
        if (!isPresent)
        {
            return step.sawBefore(null);
        }

        return isIncluded ? step.sawBefore(value(item.key(), previous)) : step;
    }

    private static List<Seen> seen(final Item item, final Fate fate, final long number, final long version)
    {
        if (fate != Fate.DONE || version == 0)
        {
            return List.of();
        }

        return switch (item.action())
        {
            case PUT -> List.of(new Seen(item.key(), item.value(), version));
            case ADD -> List.of(new Seen(item.key(), number, version));
            default -> List.of();
        };
    }

    private static byte[] bytesOf(final MapReadReplyDecoder reply)
    {
        final byte[] bytes = new byte[reply.valueLength()];
        reply.getValue(bytes, 0, bytes.length);
        return bytes;
    }

    private static Object value(final String key, final byte[] bytes)
    {
        if (key.charAt(0) != Keys.NUMBER)
        {
            return Keys.value(key, bytes);
        }

        return new UnsafeBuffer(bytes).getLong(0, ByteOrder.LITTLE_ENDIAN);
    }
}
