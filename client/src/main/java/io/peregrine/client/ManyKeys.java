package io.peregrine.client;

import io.peregrine.client.codec.ClearReplyDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.SizeReplyDecoder;
import io.peregrine.client.port.KeyHash;
import io.peregrine.client.port.LocalReads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.agrona.DirectBuffer;

/**
 * Calls that touch many keys or every partition: pipelined, not atomic, with an outcome for each. Any thread.
 */
final class ManyKeys<K, V>
{
    private final MapCalls<K, V> calls;

    ManyKeys(final MapCalls<K, V> calls)
    {
        this.calls = calls;
    }

    Map<K, KeyResult> setAll(final Map<? extends K, ? extends V> entries)
    {
        final List<K> keys = new ArrayList<>();
        final List<V> values = new ArrayList<>();
        for (final Map.Entry<? extends K, ? extends V> entry : entries.entrySet())
        {
            keys.add(Objects.requireNonNull(entry.getKey(), "key"));
            values.add(Objects.requireNonNull(entry.getValue(), "value"));
        }
        return run(keys, values);
    }

    Map<K, KeyResult> deleteAll(final Collection<? extends K> keys)
    {
        final List<K> copy = new ArrayList<>();
        for (final K key : keys)
        {
            copy.add(Objects.requireNonNull(key, "key"));
        }
        return run(copy, null);
    }

    private Map<K, KeyResult> run(final List<K> keys, final List<V> values)
    {
        final Map<K, KeyResult> results = new LinkedHashMap<>();
        if (keys.isEmpty())
        {
            return results;
        }
        calls.checkLease();
        final Caller caller = calls.caller();
        caller.enter();
        try
        {
            final KeyResult[] outcomes = new KeyResult[keys.size()];
            final Commands commands = new Commands(caller, keys, values, outcomes);
            commands.run(outcomes.length);
            commands.refreshFence();
            for (int i = 0; i < outcomes.length; i++)
            {
                results.put(keys.get(i), outcomes[i]);
            }
            return results;
        }
        finally
        {
            caller.exit();
        }
    }

    void clear()
    {
        final long[] removed = new long[1];
        everyPartition(removed, true);
    }

    long size()
    {
        final LocalReads reads = calls.map.reads;
        final long local = reads == null ? LocalReads.ASK_AGENT : reads.size();
        calls.grid.checkOpen();
        if (local >= 0)
        {
            return local;
        }
        if (local != LocalReads.ASK_AGENT)
        {
            throw calls.map.failure((int) local);
        }
        final long[] count = new long[1];
        everyPartition(count, false);
        return count[0];
    }

    private void everyPartition(final long[] sum, final boolean clear)
    {
        calls.checkLease();
        final Caller caller = calls.caller();
        caller.enter();
        try
        {
            final EveryPartition every = new EveryPartition(caller.calls(), sum, clear);
            every.run(calls.map.partitions);
            every.throwIfAnyFailed();
        }
        finally
        {
            caller.exit();
        }
    }

    static void throwUnlessAllApplied(final Map<?, KeyResult> results)
    {
        int applied = 0;
        GridException first = null;
        boolean unknown = false;
        for (final KeyResult result : results.values())
        {
            applied += result.applied() ? 1 : 0;
            first = first == null ? result.error() : first;
            unknown |= result.outcome() == Outcome.UNKNOWN;
        }
        if (first != null)
        {
            throw applied == 0 && !unknown ? first : partly(applied, results.size(), first);
        }
    }

    private static OutcomeUnknownException partly(final int done, final int of, final GridException first)
    {
        return new OutcomeUnknownException(first.code(), "only " + done + " of " + of +
            " parts of the call were carried out for certain; the first of the others: " + first.getMessage(), first);
    }

    /**
     * Puts, or removals where there are no values.
     */
    private final class Commands extends Pipeline
    {
        private final MapResult result = new MapResult();
        private final Caller caller;
        private final List<K> keys;
        private final List<V> values;
        private final KeyResult[] outcomes;
        private final long fence;
        private boolean isStale;

        Commands(final Caller caller, final List<K> keys, final List<V> values, final KeyResult[] outcomes)
        {
            super(caller.calls());
            this.caller = caller;
            fence = calls.lease == null ? 0 : calls.lease.fence();
            this.keys = keys;
            this.values = values;
            this.outcomes = outcomes;
        }

        @Override
        long send(final int place)
        {
            final K key = keys.get(place);
            final MapCommand command = values == null ?
                calls.remove(caller, key) : calls.put(caller, key, values.get(place));
            command.lease = calls.lease;
            final long hash = KeyHash.hash(command.key, 0, command.keyLength);
            final int partition = calls.map.partition(hash, command.key, 0, command.keyLength);
            return caller.calls().writer().command(calls.map.structureId, partition, hash, command);
        }

        @Override
        void onAnswer(final int place, final DirectBuffer buffer, final int offset)
        {
            outcomes[place] = KeyResult.of(result.wrap(buffer, offset));
            isStale |= result.code() == ErrorCode.STALE_FENCE;
        }

        @Override
        void onError(final int place, final GridException error)
        {
            outcomes[place] = KeyResult.of(error);
        }

        /**
         * Where a part was refused for its fence, see whether the lock is still held, with a higher one.
         */
        void refreshFence()
        {
            if (isStale)
            {
                calls.lease.refresh(caller.calls(), fence);
            }
        }
    }

    /**
     * The same request to every partition; the numbers of the answers are added up.
     */
    private final class EveryPartition extends Pipeline
    {
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final SizeReplyDecoder size = new SizeReplyDecoder();
        private final ClearReplyDecoder cleared = new ClearReplyDecoder();
        private final RequestWriter writer;
        private final long[] sum;
        private final boolean clear;
        private int answered;
        private GridException first;

        EveryPartition(final BlockingCalls blocking, final long[] sum, final boolean clear)
        {
            super(blocking);
            writer = blocking.writer();
            this.sum = sum;
            this.clear = clear;
        }

        @Override
        long send(final int place)
        {
            return clear ? writer.clear(calls.map.structureId, place, calls.lease) :
                writer.size(calls.map.structureId, place);
        }

        @Override
        void onAnswer(final int place, final DirectBuffer buffer, final int offset)
        {
            final GridException error = Refusals.errorOf(buffer, offset);
            if (error != null)
            {
                onError(place, error);
                return;
            }
            answered++;
            sum[0] += clear ? cleared.wrapAndApplyHeader(buffer, offset, header).removed() :
                size.wrapAndApplyHeader(buffer, offset, header).size();
        }

        @Override
        void onError(final int place, final GridException error)
        {
            first = first == null ? error : first;
        }

        void throwIfAnyFailed()
        {
            if (first != null)
            {
                throw answered == 0 || !clear ? first : partly(answered, calls.map.partitions, first);
            }
        }
    }
}
