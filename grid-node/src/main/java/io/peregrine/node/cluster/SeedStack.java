package io.peregrine.node.cluster;

import io.aeron.Aeron;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.RecordingLog;
import io.aeron.cluster.client.ClusterEvent;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.aeron.exceptions.AeronException;
import io.peregrine.transport.DriverFactory;
import io.peregrine.transport.guard.GuardedEndpoints;
import org.agrona.CloseHelper;
import io.aeron.RethrowingErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

import java.io.File;
import java.util.function.Supplier;

/**
 * What runs on a seed: media driver and archive on one thread, then consensus module and service container on one each,
 * all of them sleeping when idle. What goes wrong in it is told, and where it cannot go on, {@link #isBroken()} says
 * so: then it is closed and made anew. Made, asked and closed by one thread.
 */
final class SeedStack implements AutoCloseable
{
    /**
     * Length of a file of the log, and of a term of it.
     */
    static final int SEGMENT = 1024 * 1024;

    private static final int MOST_STREAMS = 4096;
    private static final int CONTROL_TERM = 64 * 1024;
    private static final int SYNC_LEVEL = 1;
    private static final int MOST_SESSIONS = 2048;
    private static final int CATALOG = 64 * 1024;
    /**
     * Free bytes of the disk, below which the archive takes no more: a few of its files.
     */
    private static final int LEAST_ROOM = 4 * SEGMENT;

    private final ClusterSettings settings;
    private final SeedFiles files;
    private final MediaDriver driver;
    private final Archive archive;
    private final AgentRunner runner;
    private ConsensusModule module;
    private ClusteredServiceContainer container;
    private volatile String lastFault = "it ended";
    private volatile boolean isBroken;

    /**
     * Start driver and archive.
     */
    SeedStack(final ClusterSettings settings, final SeedFiles files)
    {
        this.settings = settings;
        this.files = files;
        driver = DriverFactory.launchInvoked(
            settings.driver(), MOST_STREAMS, new GuardedEndpoints(), this::onError);
        try
        {
            archive = launchArchive();
        }
        catch (final Throwable ex)
        {
            driver.close();
            throw ex;
        }

        runner = new AgentRunner(idle(), this::onError, null, new Drive(archive.invoker()));
        AgentRunner.startOnThread(runner, task -> thread(task, "archive"));
    }

    private Archive launchArchive()
    {
        final Seeds.Seed seed = settings.seeds().get(settings.seed());
        return SeedArchive.launch(new Archive.Context()
            .aeronDirectoryName(driver.aeronDirectoryName())
            .mediaDriverAgentInvoker(driver.sharedAgentInvoker())
            .threadingMode(ArchiveThreadingMode.INVOKER)
            .archiveDir(files.archive().toFile())
            .markFileDir(marks())
            .controlChannel("aeron:udp?endpoint=" + seed.archiveEndpoint())
            .localControlChannel("aeron:ipc?term-length=64k")
            .replicationChannel("aeron:udp?endpoint=" + seed.host() + ":0")
            .controlTermBufferLength(CONTROL_TERM)
            .controlTermBufferSparse(true)
            .recordingEventsEnabled(false)
            .segmentFileLength(SEGMENT)
            .catalogCapacity(CATALOG)
            .fileSyncLevel(SYNC_LEVEL)
            .catalogFileSyncLevel(SYNC_LEVEL)
            .lowStorageSpaceThreshold(LEAST_ROOM)
            .errorHandler(this::onError));
    }

    /**
     * Start to take part, with what the directories hold.
     */
    void join(final ControlService service, final ClusterTimes times)
    {
        final Seeds.Seed seed = settings.seeds().get(settings.seed());
        final boolean isAlone = settings.seeds().count() == 1;
        module = ConsensusModule.launch(new ConsensusModule.Context()
            .aeronDirectoryName(driver.aeronDirectoryName())
            .clusterMemberId(settings.seed())
            .clusterMembers(settings.seeds().members())
            .clusterDir(files.cluster().toFile())
            .markFileDir(marks())
            .archiveContext(localArchive("module"))
            .ingressChannel("aeron:udp?term-length=256k")
            .egressChannel("aeron:udp?term-length=256k")
            .logChannel(isAlone ? "aeron:ipc?term-length=1m" : "aeron:udp?term-length=1m")
            .consensusChannel("aeron:udp?term-length=64k")
            .replicationChannel("aeron:udp?term-length=64k|endpoint=" + seed.host() + ":0")
            .leaderArchiveControlChannel("aeron:udp?term-length=64k")
            .snapshotChannel("aeron:ipc?term-length=1m")
            .clusterClock(new ElapsedClock())
            .fileSyncLevel(SYNC_LEVEL)
            .maxConcurrentSessions(MOST_SESSIONS)
            .sessionTimeoutNs(times.sessionNs())
            .leaderHeartbeatIntervalNs(times.heartbeatNs())
            .leaderHeartbeatTimeoutNs(times.leaderSilenceNs())
            .electionTimeoutNs(times.electionNs())
            .startupCanvassTimeoutNs(times.canvassNs())
            .idleStrategySupplier(SeedStack::idle)
            .threadFactory(task -> thread(task, "consensus"))
            .terminationHook(this::onEnd)
            .errorHandler(this::onError));
        container = ClusteredServiceContainer.launch(new ClusteredServiceContainer.Context()
            .aeron(Aeron.connect(serviceClient()))
            .ownsAeronClient(true)
            .aeronDirectoryName(driver.aeronDirectoryName())
            .clusterDir(files.cluster().toFile())
            .markFileDir(marks())
            .archiveContext(localArchive("service"))
            .snapshotChannel("aeron:ipc?term-length=1m")
            .clusteredService(service)
            .idleStrategySupplier(SeedStack::idle)
            .threadFactory(task -> thread(task, "service"))
            .terminationHook(this::onEnd)
            .errorHandler(this::onError));
    }

    /**
     * Without a thread of its own: the container's works for it. One that has a thread can keep the container from
     * being closed for long, when both find at the same time that the driver is lost.
     */
    private Aeron.Context serviceClient()
    {
        return new Aeron.Context()
            .aeronDirectoryName(driver.aeronDirectoryName())
            .useConductorAgentInvoker(true)
            .errorHandler(this::onError)
            .subscriberErrorHandler(RethrowingErrorHandler.INSTANCE)
            .clientName("service");
    }

    /**
     * Beside the media driver, where they live as long as it does: they say who is alive, and the lock of the node's
     * directory says so already. They have room for what goes wrong, which a full disk would not give them.
     *
     * @return directory of the files by which the parts say that they are alive.
     */
    File marks()
    {
        return new File(driver.aeronDirectoryName());
    }

    /**
     * @return a context for a client of the archive here.
     */
    AeronArchive.Context localArchive(final String name)
    {
        return new AeronArchive.Context()
            .aeronDirectoryName(driver.aeronDirectoryName())
            .controlRequestChannel("aeron:ipc?term-length=64k")
            .controlResponseChannel("aeron:ipc?term-length=64k")
            .controlResponseStreamId(AeronArchive.Configuration.controlResponseStreamId() + 1 + name.hashCode() % 1000)
            .errorHandler(this::onError)
            .clientName(name);
    }

    /**
     * @return up to where the log here goes, while nobody writes it; 0 where there is none.
     */
    long logEnd()
    {
        try (
            AeronArchive client = AeronArchive.connect(localArchive("look"));
            RecordingLog log = new RecordingLog(files.cluster().toFile(), false))
        {
            final long recording = log.findLastTermRecordingId();
            return recording == Aeron.NULL_VALUE ? 0 : Math.max(0, client.getStopPosition(recording));
        }
    }

    ConsensusModule module()
    {
        return module;
    }

    String driverDirectory()
    {
        return driver.aeronDirectoryName();
    }

    boolean isBroken()
    {
        return isBroken;
    }

    /**
     * @return the last that went wrong in it, in words.
     */
    String lastFault()
    {
        return lastFault;
    }

    /**
     * What cannot be closed, as where a file of it has no room, is told, and the rest is closed.
     */
    @Override
    public void close()
    {
        close(container);
        close(module);
        close(runner);
        close(archive);
        close(driver);
    }

    private void close(final AutoCloseable part)
    {
        try
        {
            CloseHelper.close(part);
        }
        catch (final RuntimeException | InternalError ex)
        {
            settings.errors().onError(ex);
        }
    }

    void onError(final Throwable fault)
    {
        if (fault instanceof Error || fault instanceof AgentTerminationException || AeronException.isFatal(fault))
        {
            isBroken = true;
        }
        if (!(fault instanceof ClusterEvent))
        {
            lastFault = fault.getMessage() == null ? fault.toString() : fault.getMessage();
            settings.errors().onError(fault);
        }
    }

    private void onEnd()
    {
        isBroken = true;
    }

    Thread thread(final Runnable task, final String part)
    {
        final Thread thread = new Thread(task, settings.node().key() + "-control-" + part);
        thread.setDaemon(true);
        return thread;
    }

    private static IdleStrategy idle()
    {
        return new SleepingMillisIdleStrategy(1);
    }

    /**
     * The archive's cycle, which is the media driver's too.
     *
     * @param invoker of the archive.
     */
    private record Drive(AgentInvoker invoker) implements Agent
    {
        @Override
        public int doWork()
        {
            return invoker.invoke();
        }

        @Override
        public String roleName()
        {
            return "archive";
        }
    }

    /**
     * @return for what else runs on it.
     */
    static Supplier<IdleStrategy> idling()
    {
        return SeedStack::idle;
    }
}
