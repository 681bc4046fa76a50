package io.peregrine.perf.sim.line;

import io.peregrine.client.codec.Action;
import io.peregrine.client.codec.Condition;
import io.peregrine.client.codec.FencedRequestEncoder;
import io.peregrine.client.codec.LockAction;
import io.peregrine.client.codec.LockKind;
import io.peregrine.client.codec.LockLookEncoder;
import io.peregrine.client.codec.LockRequestEncoder;
import io.peregrine.client.codec.MapRequestEncoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.perf.sim.workload.Keys;
import org.agrona.ExpandableArrayBuffer;

/**
 * Writes requests about one lock, semaphore or latch, and fenced writes of its holder.
 */
final class LineLetters
{
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final byte[] NOTHING = new byte[0];

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final ExpandableArrayBuffer outer = new ExpandableArrayBuffer();

    /**
     * @param terms of the command.
     */
    byte[] command(final long id, final LinePlace place, final LockAction action, final Terms terms)
    {
        final LockRequestEncoder request = new LockRequestEncoder().wrapAndApplyHeader(buffer, 0, header)
            .correlationId(id)
            .sessionId(0)
            .requestNumber(0)
            .lowestUnanswered(0)
            .lease(terms.leaseNs())
            .waiting(terms.waitingNs())
            .holder(terms.holder())
            .fence(terms.fence())
            .partition(place.partition())
            .action(action);
        request.flags().clear().unbound(true).freshFence(terms.isFresh());
        return bytes(buffer, HEADER + request.kind(place.kind())
            .reserved1((short) 0)
            .total(place.kind() == LockKind.LOCK ? 0 : place.total())
            .permits(terms.permits())
            .putName(place.name(), 0, place.name().length).encodedLength());
    }

    byte[] look(final long id, final LinePlace place, final long holder)
    {
        return bytes(buffer, HEADER + new LockLookEncoder().wrapAndApplyHeader(buffer, 0, header)
            .correlationId(id)
            .sessionId(0)
            .holder(holder)
            .partition(place.partition())
            .await((short) 1)
            .kind(place.kind())
            .reserved1(0)
            .putName(place.name(), 0, place.name().length)
            .encodedLength());
    }

    /**
     * The holder of a lock takes the next number, as makers of ids take the next stretch of time.
     */
    byte[] number(final long id, final LinePlace place, final long fence, final int partition)
    {
        final MapRequestEncoder map = new MapRequestEncoder().wrapAndApplyHeader(buffer, 0, header)
            .correlationId(id)
            .sessionId(0)
            .requestNumber(0)
            .lowestUnanswered(0)
            .ttl(0)
            .maxIdle(0)
            .operand(1)
            .expectedVersion(0)
            .structureId(Keys.MAP)
            .partition(partition)
            .action(Action.ADD)
            .condition(Condition.NONE)
            .reserved1((short) 0)
            .reserved2(0);
        map.flags().clear();
        map.putKey(place.name(), 0, place.name().length).putValue(NOTHING, 0, 0).putExpected(NOTHING, 0, 0);
        final byte[] within = bytes(buffer, HEADER + map.encodedLength());
        return bytes(outer, HEADER + new FencedRequestEncoder().wrapAndApplyHeader(outer, 0, header)
            .correlationId(id)
            .sessionId(0)
            .requestNumber(0)
            .lowestUnanswered(0)
            .lockHash(place.hash())
            .fence(fence)
            .lockPartition(place.partition())
            .partition(partition)
            .putWithin(within, 0, within.length)
            .encodedLength());
    }

    private static byte[] bytes(final ExpandableArrayBuffer from, final int length)
    {
        final byte[] bytes = new byte[length];
        from.getBytes(0, bytes);
        return bytes;
    }

    /**
     * What a command says besides what it is about.
     *
     * @param holder    number by which the holder names itself.
     * @param fence     of the holder; 0 where it has none yet.
     * @param leaseNs   0 where nothing is to be held.
     * @param waitingNs 0 for not at all.
     * @param isFresh   whether a renewal is to give a new fence.
     * @param permits   of a semaphore that are asked for; 0 of others.
     */
    record Terms(long holder, long fence, long leaseNs, long waitingNs, boolean isFresh, int permits)
    {
        Terms with(final long newFence, final long newLeaseNs, final boolean fresh)
        {
            return new Terms(holder, newFence, newLeaseNs, 0, fresh, permits);
        }
    }
}
