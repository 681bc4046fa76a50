package io.peregrine.node.partition;

import io.peregrine.client.codec.MapReadReplyDecoder;
import io.peregrine.client.codec.MapReplyDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.OpenSessionReplyDecoder;
import io.peregrine.client.codec.RedirectDecoder;
import io.peregrine.client.codec.RefusalDecoder;
import io.peregrine.client.codec.ScanReplyDecoder;
import io.peregrine.client.codec.SizeReplyDecoder;
import io.peregrine.client.codec.ClearReplyDecoder;
import io.peregrine.client.codec.MapBatchReplyDecoder;
import io.peregrine.client.port.KeyHash;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.GridSettings;
import io.peregrine.node.control.LoneControl;
import io.peregrine.node.control.Member;
import io.peregrine.node.control.Replica;
import io.peregrine.node.control.StructureKind;
import io.peregrine.node.replication.Replication;
import io.peregrine.node.replication.Self;
import io.peregrine.storage.memory.MemoryBudget;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The partitions of one agent under a hand that drives everything: requests, decisions, time.
 */
final class Bench implements MessageSink, AutoCloseable
{
    static final int PARTITIONS = 4;

    final Requests requests = new Requests();
    final LoneControl control = new LoneControl();
    final AgentPartitions partitions;
    long nowNs = -5_000_000_000L;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExpandableArrayBuffer answer = new ExpandableArrayBuffer();
    private int answers;
    private int answerLength;
    private int waived;
    private boolean claimed;
    private boolean takesRedirects;

    Bench(final long memoryLimit, final boolean evict)
    {
        this(memoryLimit, new Limits(PARTITIONS, 4096, 1 << 20, 3 << 20, evict));
    }

    Bench(final long memoryLimit, final Limits limits)
    {
        final Member member = control.found(
            new GridSettings(PARTITIONS, 1, 1, 100_000, limits.maxKeyLength(), limits.maxValueLength(), 1_000),
            "lone",
            "",
            1);
        final int[] owned = {0, 1, 2, 3};
        partitions = new AgentPartitions(
            new AgentPartitions.Settings(new Self(member.id(), member.incarnation(), 0), limits, owned),
            new AgentMemory(new MemoryBudget(memoryLimit), limits.maxEntryLength(), KeyHash::hash),
            Replication.lone(() -> nowNs));
        partitions.onControl(control.view(), nowNs);
    }

    /**
     * Decide who is in the in-sync set of a partition that this member leads, without asking the control plane.
     */
    void decide(final int partition, final long epoch, final int... inSync)
    {
        final ControlView view = control.view();
        final List<Assignment> assignments = new ArrayList<>(view.assignments());
        final List<Replica> replicas = new ArrayList<>();
        for (final int memberId : inSync)
        {
            replicas.add(new Replica(memberId, view.members().get(0).incarnation()));
        }
        assignments.set(partition, new Assignment(epoch, 0, replicas, 0));
        partitions.onControl(
            new ControlView(
                view.version() + epoch,
                view.timeNs(),
                view.gridId(),
                view.settings(),
                view.members(),
                assignments,
                view.plan(),
                view.structures()),
            nowNs);
    }

    int define(final String name, final long ttlNs, final long maxIdleNs)
    {
        final int id = (int) control.decide(
            new ControlCommand.Define(name, StructureKind.MAP, ttlNs, maxIdleNs)).number();
        partitions.onControl(control.view(), nowNs);
        return id;
    }

    void drop(final int id)
    {
        control.decide(new ControlCommand.Drop(id));
        partitions.onControl(control.view(), nowNs);
    }

    /**
     * Deliver the request that is encoded.
     *
     * @return whether it was answered by something other than a refusal.
     */
    boolean deliver(final int length)
    {
        answersTo(length);
        if (answers != 1 || claimed)
        {
            throw new AssertionError(answers + " answers, claimed=" + claimed);
        }

        header.wrap(answer, 0);
        return header.templateId() != RefusalDecoder.TEMPLATE_ID;
    }

    /**
     * Deliver the request that is encoded.
     *
     * @return answers that came at once.
     */
    int answersTo(final int length)
    {
        expectAnswers();
        partitions.onRequest(requests.buffer, 0, length, this, nowNs);
        return answers;
    }

    void expectAnswers()
    {
        answers = 0;
    }

    int answers()
    {
        return answers;
    }

    int answerLength()
    {
        return answerLength;
    }

    int template()
    {
        return header.wrap(answer, 0).templateId();
    }

    Reason reason()
    {
        return new RefusalDecoder().wrapAndApplyHeader(answer, 0, header).reason();
    }

    RefusalDecoder refusal()
    {
        return new RefusalDecoder().wrapAndApplyHeader(answer, 0, header);
    }

    MapReplyDecoder mapReply()
    {
        return new MapReplyDecoder().wrapAndApplyHeader(answer, 0, header);
    }

    MapReadReplyDecoder readReply()
    {
        return new MapReadReplyDecoder().wrapAndApplyHeader(answer, 0, header);
    }

    MapBatchReplyDecoder batchReply()
    {
        return new MapBatchReplyDecoder().wrapAndApplyHeader(answer, 0, header);
    }

    ClearReplyDecoder clearReply()
    {
        return new ClearReplyDecoder().wrapAndApplyHeader(answer, 0, header);
    }

    SizeReplyDecoder sizeReply()
    {
        return new SizeReplyDecoder().wrapAndApplyHeader(answer, 0, header);
    }

    ScanReplyDecoder scanReply()
    {
        return new ScanReplyDecoder().wrapAndApplyHeader(answer, 0, header);
    }

    byte[] answerBytes(final int from, final int length)
    {
        final byte[] bytes = new byte[length];
        answer.getBytes(from, bytes);
        return bytes;
    }

    /**
     * Do everything that is due, dropped structures and memory to take back included.
     */
    void settle()
    {
        int idle = 0;
        while (idle < PARTITIONS * 4)
        {
            idle = partitions.onUpkeep(nowNs) == 0 ? idle + 1 : 0;
        }
    }

    /**
     * @return the session's id, or 0 if none was opened.
     */
    long openSession(final int partition, final long timeoutNs)
    {
        return deliver(requests.openSession(partition, timeoutNs)) ?
            new OpenSessionReplyDecoder().wrapAndApplyHeader(answer, 0, header).sessionId() : 0;
    }

    void closeSession(final int partition, final long session)
    {
        if (!deliver(requests.closeSession(partition, session)))
        {
            throw new AssertionError("not closed: " + reason());
        }
    }

    byte[] read(final int partition, final int mapId, final String key)
    {
        if (!deliver(requests.read(partition, mapId, key)))
        {
            throw new AssertionError("read refused: " + reason());
        }

        final MapReadReplyDecoder reply = readReply();
        if (!reply.flags().present())
        {
            return null;
        }

        final byte[] value = new byte[reply.valueLength()];
        reply.getValue(value, 0, value.length);
        return value;
    }

    List<String> scan(final int partition, final int mapId, final int maxEntries)
    {
        final List<String> keys = new ArrayList<>();
        long cursor = 0;
        do
        {
            if (!deliver(requests.scan(partition, mapId, cursor, maxEntries)))
            {
                throw new AssertionError("scan refused: " + reason());
            }

            if (keysOfScan(keys) != partition)
            {
                throw new AssertionError("went onward");
            }
            cursor = scanReply().nextCursor();
        }
        while (cursor != -1);

        return keys;
    }

    /**
     * @return the partition to continue in.
     */
    int keysOfScan(final List<String> keys)
    {
        final ScanReplyDecoder reply = scanReply();
        final int nextPartition = reply.nextPartition();
        for (final ScanReplyDecoder.EntriesDecoder entry : reply.entries())
        {
            keys.add(keyOf(entry));
            entry.skipValue();
        }
        return nextPartition;
    }

    private static String keyOf(final ScanReplyDecoder.EntriesDecoder entry)
    {
        final byte[] key = new byte[entry.keyLength()];
        entry.getKey(key, 0, key.length);
        return new String(key, StandardCharsets.UTF_8);
    }

    long size(final int partition, final int mapId)
    {
        if (!deliver(requests.size(partition, mapId)))
        {
            throw new AssertionError("size refused: " + reason());
        }

        return sizeReply().size();
    }

    long digest(final int partition)
    {
        return partitions.partition(partition).store().digest();
    }

    @Override
    public int maxMessageLength()
    {
        return Integer.MAX_VALUE;
    }

    @Override
    public int tryClaim(final int partition, final int length)
    {
        claimed = true;
        answer.checkLimit(length);
        answerLength = length;
        return 0;
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return answer;
    }

    @Override
    public void commit()
    {
        claimed = false;
        answers++;
    }

    @Override
    public void abort()
    {
        claimed = false;
    }

    @Override
    public void waive()
    {
        waived++;
    }

    @Override
    public boolean takesRedirects()
    {
        return takesRedirects;
    }

    /**
     * The caller understands redirects from now on.
     */
    void takeRedirects()
    {
        takesRedirects = true;
    }

    RedirectDecoder redirect()
    {
        return new RedirectDecoder().wrapAndApplyHeader(answer, 0, header);
    }

    int waived()
    {
        return waived;
    }

    @Override
    public void close()
    {
        partitions.close();
    }
}
