package io.peregrine.node.cluster;

import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.Cluster;

import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What a seed knows of the other seeds. One thread.
 * <p>
 * A new control plane is formed only when all seeds have said that they have nothing, or form one as well.
 */
final class SeedTalk implements AutoCloseable
{
    private static final long ASK_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long FRESH_NS = TimeUnit.SECONDS.toNanos(2);

    private final ClusterSettings settings;
    private final SeedFiles files;
    private final SeedPort port;
    private final SeedPort.Status[] heard;
    private final long[] heardNs;
    private final long[] commits;
    private final int self;
    private final long hash;
    private long askedNs;
    private long nowNs = System.nanoTime();
    private long gridId;
    private ConsensusModule module;

    SeedTalk(final ClusterSettings settings, final SeedFiles files)
    {
        this.settings = settings;
        this.files = files;
        self = settings.seed();
        hash = settings.seeds().hash(settings.grid());
        final int count = settings.seeds().count();
        heard = new SeedPort.Status[count];
        heardNs = new long[count];
        commits = new long[count];
        port = count == 1 ? null : new SeedPort(settings.seeds(), self, settings.errors());
        askedNs = nowNs - ASK_NS;
    }

    /**
     * @param ownGridId grid that this seed has the control plane of; 0 for none.
     * @param ownModule that takes part here; null while none does.
     */
    int work(final long ownGridId, final ConsensusModule ownModule, final long now)
    {
        nowNs = now;
        gridId = ownGridId;
        module = ownModule;
        if (port == null)
        {
            return 0;
        }

        final int work = port.poll(this::onStatus);
        if (nowNs - askedNs >= ASK_NS)
        {
            askedNs = nowNs;
            IntStream.range(0, heard.length).filter(i -> i != self).forEach(i -> port.send(i, own(i, true)));
        }
        return work;
    }

    private void onStatus(final SeedPort.Status status)
    {
        final int seed = status.seed();
        if (seed == self)
        {
            return;
        }

        heard[seed] = status;
        heardNs[seed] = nowNs;
        if (status.hash() == hash)
        {
            commits[seed] = Math.max(commits[seed], status.commit());
        }
        if (status.asks())
        {
            port.send(seed, own(seed, false));
        }
    }

    private SeedPort.Status own(final int to, final boolean asks)
    {
        final boolean runs = module != null && !module.context().commitPositionCounter().isClosed();
        final boolean leads = runs &&
            Cluster.Role.get(module.context().clusterNodeRoleCounter()) == Cluster.Role.LEADER;
        return new SeedPort.Status(
            self,
            hash,
            gridId,
            runs ? Math.max(0, module.context().commitPositionCounter().get()) : 0,
            commits[to],
            files.standing(),
            leads,
            asks);
    }

    private SeedPort.Status fresh(final int seed)
    {
        return heard[seed] != null && nowNs - heardNs[seed] < FRESH_NS && heard[seed].hash() == hash ?
            heard[seed] : null;
    }

    private boolean all(final Predicate<SeedPort.Status> predicate)
    {
        return IntStream.range(0, heard.length)
            .allMatch(i -> i == self || fresh(i) != null && predicate.test(fresh(i)));
    }

    /**
     * @return whether every other seed has just said that it has no grid's control plane.
     */
    boolean areAllBlank()
    {
        return all(status -> status.standing() != Standing.MEMBER);
    }

    boolean isThereALeader()
    {
        return leaderCommit() >= 0;
    }

    /**
     * @return up to where a seed that leads has just known all to be committed; -1 where none leads.
     */
    long leaderCommit()
    {
        return IntStream.range(0, heard.length).filter(i -> i != self && fresh(i) != null && fresh(i).leads() &&
            fresh(i).standing() == Standing.MEMBER).mapToLong(i -> fresh(i).commit()).max().orElse(-1);
    }

    /**
     * @return whether more than half of all seeds, this one among them, have just been heard.
     */
    boolean isMajorityHeard()
    {
        final long others =
            IntStream.range(0, heard.length).filter(i -> i != self && fresh(i) != null).count();
        return 2 * (others + 1) > heard.length;
    }

    /**
     * @return the highest position that others remember this seed to have told as committed.
     */
    long knownCommit()
    {
        return IntStream.range(0, heard.length).filter(i -> i != self && fresh(i) != null)
            .mapToLong(i -> fresh(i).knownCommit()).max().orElse(0);
    }

    /**
     * @return what this seed waits for.
     */
    String trouble()
    {
        for (int i = 0; i < heard.length; i++)
        {
            if (i != self && heard[i] != null && heard[i].hash() != hash)
            {
                return "the seed '" + settings.seeds().get(i).name() + "' is configured with other seeds, or for " +
                    "another grid: set 'seeds' and 'grid' alike on all nodes";
            }
        }
        for (int i = 0; i < heard.length; i++)
        {
            if (i != self && fresh(i) == null)
            {
                return "this seed has nothing, and cannot know whether there is a grid before the seed '" +
                    settings.seeds().get(i).name() + "' answers: start it";
            }
        }

        return "this seed has nothing, and waits until one that has leads: more than half of all seeds have to run";
    }

    @Override
    public void close()
    {
        if (port != null)
        {
            port.close();
        }
    }
}
