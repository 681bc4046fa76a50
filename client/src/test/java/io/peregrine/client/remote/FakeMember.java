package io.peregrine.client.remote;

import io.peregrine.client.codec.MapRequestDecoder;
import io.peregrine.client.codec.TableRequestDecoder;
import java.util.List;
import java.util.Random;

/**
 * One node of several that stand before the same partitions: takes what it may take, as far as it knows who leads, and
 * sends everything else elsewhere. What it knows may be old.
 */
final class FakeMember implements FakeNode.Door
{
    final int id;
    final int[][] known;
    long version;
    long incarnation = 1;
    boolean up = true;
    boolean healed;
    private final FakeLeaders truth;
    private final Random random;

    FakeMember(final int id, final FakeLeaders truth, final Random random)
    {
        this.id = id;
        this.truth = truth;
        this.random = random;
        known = new int[truth.partitions.length][];
        learn();
    }

    /**
     * Hear what was decided.
     */
    void learn()
    {
        for (int i = 0; i < known.length; i++)
        {
            known[i] = truth.partitions[i].clone();
        }
        version = truth.version;
    }

    @Override
    public boolean admits(final FakeNode node, final int template, final long requestId, final int partition)
    {
        node.mute(false);
        if (template == TableRequestDecoder.TEMPLATE_ID)
        {
            node.table(requestId, version, members(), known);
            return false;
        }
        if (node.staleness > 0 && truth.partitions[partition][2] == id && random.nextInt(3) > 0)
        {
            truth.copyReads++;
            return true;
        }
        final boolean leads = truth.partitions[partition][1] == id;
        if (known[partition][1] != id || !leads || !healed && random.nextInt(8) == 0)
        {
            redirect(node, requestId, partition, false);
            return false;
        }
        if (!healed && template == MapRequestDecoder.TEMPLATE_ID && random.nextInt(8) == 0)
        {
            return ceaseUnder(node, requestId, partition);
        }
        return true;
    }

    /**
     * The lead is lost while the entry of a request is in the log: the new primary has it, or it is cut off.
     */
    private boolean ceaseUnder(final FakeNode node, final long requestId, final int partition)
    {
        redirect(node, requestId, partition, true);
        truth.moveBy(random, partition);
        if (random.nextBoolean())
        {
            learn();
        }
        node.mute(true);
        return random.nextBoolean();
    }

    private void redirect(final FakeNode node, final long requestId, final int partition, final boolean maybe)
    {
        node.redirect(requestId, partition, known[partition][0], known[partition][1], version, maybe);
    }

    private List<Table.Member> members()
    {
        return truth.members.stream().map((each) -> new Table.Member(each.id, each.incarnation, truth.agents, ""))
            .toList();
    }
}
