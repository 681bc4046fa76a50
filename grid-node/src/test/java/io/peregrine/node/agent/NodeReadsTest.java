package io.peregrine.node.agent;

import io.peregrine.client.port.KeyHash;
import io.peregrine.client.port.LocalReads;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.GridSettings;
import io.peregrine.node.control.LoneControl;
import io.peregrine.node.control.Member;
import io.peregrine.node.control.StructureKind;
import io.peregrine.node.partition.AgentMemory;
import io.peregrine.node.partition.AgentPartitions;
import io.peregrine.node.partition.Limits;
import io.peregrine.node.replication.Replication;
import io.peregrine.node.replication.Self;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.memory.MemoryBudget;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

class NodeReadsTest
{
    private static final long MEMORY = 16L << 20;
    private static final int KEY_LENGTH = 16;

    private final LoneControl control = new LoneControl();
    private final Member member = control.found(
        new GridSettings(1, 1, 1, 100_000, 4096, 1 << 20, 1_000), "lone", "", 1);
    private final int map = (int) control.decide(
        new ControlCommand.Define("map", StructureKind.MAP, 0, 0)).number();
    private final NodeGate gate = new NodeGate(control);
    private final Shard[] shards = new Shard[1];
    private final NodeReads reads = new NodeReads(map, shards, gate);
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[KEY_LENGTH]);
    private final long hash = KeyHash.hash(key, 0, KEY_LENGTH);
    private final UnsafeBuffer value = new UnsafeBuffer(new byte[Long.BYTES]);
    private final List<AgentPartitions> copies = new ArrayList<>();

    @AfterEach
    void close()
    {
        copies.forEach(AgentPartitions::close);
    }

    @Test
    void shouldReadTheNewCopyWhenAPartitionWasDroppedAndMadeAnew()
    {
        final AgentPartitions first = serve();
        assertEquals(LocalReads.ABSENT, get());
        assertEquals(LocalReads.ABSENT, find());
        put(first, 1);
        assertEquals(Long.BYTES, get());
        assertEquals(1, value.getLong(0));

        first.close();
        copies.remove(first);
        assertEquals(LocalReads.ASK_AGENT, get());
        assertEquals(LocalReads.ASK_AGENT, reads.size());

        final AgentPartitions second = serve();
        put(second, 2);
        assertEquals(Long.BYTES, get());
        assertEquals(2, value.getLong(0));
        assertEquals(Long.BYTES, find());
        assertEquals(1, reads.size());
    }

    @Test
    void shouldSayDestroyedOnlyWhenTheControlPlaneHasDroppedTheMap()
    {
        final AgentPartitions copy = serve();
        put(copy, 1);
        assertEquals(Long.BYTES, get());
        copy.partition(0).term().maps().drop(map);
        assertEquals(LocalReads.ASK_AGENT, get());
        control.decide(new ControlCommand.Drop(map));
        assertEquals(LocalReads.DESTROYED, get());
        gate.close();
        assertEquals(LocalReads.CLOSED, get());
    }

    private AgentPartitions serve()
    {
        final Limits limits = new Limits(1, 4096, 1 << 20, 3 << 20, false);
        final AgentPartitions copy = new AgentPartitions(
            new AgentPartitions.Settings(new Self(member.id(), member.incarnation(), 0), limits, new int[]{0}),
            new AgentMemory(new MemoryBudget(MEMORY), limits.maxEntryLength(), KeyHash::hash),
            Replication.lone(() -> 1));
        copy.onControl(control.view(), 1);
        copies.add(copy);
        shards[0] = new Shard(copy.partition(0), null, () -> 1);
        return copy;
    }

    private void put(final AgentPartitions copy, final long number)
    {
        final MapStore store = copy.partition(0).term().maps().create(map, 0);
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[Long.BYTES]);
        bytes.putLong(0, number);
        store.put(hash, key, 0, KEY_LENGTH, bytes, 0, Long.BYTES, 1, null);
    }

    private int get()
    {
        return reads.get(0, hash, key, 0, KEY_LENGTH, value, 0, Long.BYTES);
    }

    private int find()
    {
        return reads.find(0, hash, key, 0, KEY_LENGTH, null);
    }
}
