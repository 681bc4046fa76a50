package io.peregrine.node.cluster;

import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.Cluster;

import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What a seed knows of the other seeds. One thread.
 * <p>
 * A new control plane is formed only when all seeds have said that they have nothing, or form one as well, and no
 * stranger is heard: one that is configured otherwise, or is of another version. No seed begins to take part before it
 * has listened for a moment, nor beside a stranger where it does not hear more than half of its own: one that was told
 * of itself alone would decide beside the others.
 */
final class SeedTalk implements AutoCloseable
{
    private static final long ASK_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long FRESH_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long LISTEN_NS = 5 * ASK_NS / 2;

    private final ClusterSettings settings;
    private final SeedFiles files;
    private final SeedPort port;
    private final SeedPort.Status[] heard;
    private final long[] heardNs;
    private final long[] commits;
    private final int self;
    private final long hash;
    private final long openedNs = System.nanoTime();
    private long askedNs;
    private long nowNs = openedNs;
    private SeedPort.Status stranger;
    private SocketAddress strangerAddress;
    private long strangerNs;
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
        port = new SeedPort(settings.seeds(), self, settings.errors());
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
        final int work = port.poll(this::onStatus);
        if (nowNs - askedNs >= ASK_NS)
        {
            askedNs = nowNs;
            IntStream.range(0, heard.length).filter(i -> i != self).forEach(i -> port.send(i, own(i, true)));
        }
        return work;
    }

    private void onStatus(final SeedPort.Status status, final SocketAddress from)
    {
        final int seed = status.seed();
        if (status.version() != settings.version() || status.hash() != hash)
        {
            onStranger(status, from);
        }
        else if (seed != self && seed < heard.length)
        {
            heard[seed] = status;
            heardNs[seed] = nowNs;
            commits[seed] = Math.max(commits[seed], status.commit());
            if (status.asks())
            {
                port.send(seed, own(seed, false));
            }
        }
    }

    /**
     * It is answered where it came from: this seed may know no other ones, and they have to be told of it.
     */
    private void onStranger(final SeedPort.Status status, final SocketAddress from)
    {
        stranger = status;
        strangerAddress = from;
        strangerNs = nowNs;
        if (status.asks())
        {
            port.send(from, own(self, false));
        }
    }

    private SeedPort.Status own(final int to, final boolean asks)
    {
        final boolean runs = module != null && !module.context().commitPositionCounter().isClosed();
        final boolean leads = runs &&
            Cluster.Role.get(module.context().clusterNodeRoleCounter()) == Cluster.Role.LEADER;
        return new SeedPort.Status(
            settings.version(),
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
        return heard[seed] != null && nowNs - heardNs[seed] < FRESH_NS ? heard[seed] : null;
    }

    private boolean all(final Predicate<SeedPort.Status> predicate)
    {
        return IntStream.range(0, heard.length)
            .allMatch(i -> i == self || fresh(i) != null && predicate.test(fresh(i)));
    }

    /**
     * @return whether those who run had the time to be heard.
     */
    boolean hasListened()
    {
        return nowNs - openedNs >= LISTEN_NS;
    }

    private boolean isAStrangerThere()
    {
        return stranger != null && nowNs - strangerNs < FRESH_NS;
    }

    /**
     * @return whether a seed was just heard that is configured otherwise or is of another version, and may be right.
     */
    boolean isAStrangerInTheWay()
    {
        return isAStrangerThere() && (heard.length == 1 || !isMajorityHeard());
    }

    /**
     * @return whether every other seed has just said that it has no grid's control plane, and no stranger is there.
     */
    boolean areAllBlank()
    {
        return !isAStrangerThere() && all(status -> status.standing() != Standing.MEMBER);
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
        if (isAStrangerThere())
        {
            return "this seed takes no part while the seed at " + strangerAddress +
                (stranger.version() != settings.version() ? " is of version " + stranger.version() +
                " and this one of version " + settings.version() + ": run the same release on all nodes of a grid" :
                " is configured with other seeds, or for another grid: set 'seeds' and 'grid' alike on all nodes, " +
                "and stop a seed that is none any more");
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
        port.close();
    }
}
