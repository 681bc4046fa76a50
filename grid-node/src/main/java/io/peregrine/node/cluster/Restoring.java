package io.peregrine.node.cluster;

import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ClusterBackup;
import io.aeron.cluster.ClusterBackupEventsListener;
import io.aeron.cluster.ClusterMember;
import io.aeron.cluster.RecordingLog;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A seed that has nothing gets the control plane's state from the one that leads: its latest snapshot and its log. It
 * takes part, and so votes, only when it has all that was committed at a moment after this began: whoever was elected
 * while this seed had no vote has every decision of before, so that no decision depends on what this seed lost. Asked
 * by one thread.
 */
final class Restoring implements ClusterBackupEventsListener, AutoCloseable
{
    private static final long RESPONSE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long COOL_DOWN_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final ClusterSettings settings;
    private final ClusterBackup backup;
    private volatile boolean isLogKnown;
    private long targetPosition = -1;

    Restoring(final ClusterSettings settings, final SeedStack stack, final SeedFiles files)
    {
        this.settings = settings;
        final Seeds.Seed seed = settings.seeds().get(settings.seed());
        backup = ClusterBackup.launch(new ClusterBackup.Context()
            .aeronDirectoryName(stack.driverDirectory())
            .clusterDir(files.cluster().toFile())
            .markFileDir(stack.marks())
            .archiveContext(stack.localArchive("backup"))
            .clusterArchiveContext(new AeronArchive.Context()
                .controlRequestChannel("aeron:udp?term-length=64k|endpoint=" + seed.archiveEndpoint())
                .controlResponseChannel("aeron:udp?term-length=64k|endpoint=" + seed.host() + ":0"))
            .consensusChannel("aeron:udp?term-length=64k|endpoint=" + seed.consensusEndpoint())
            .clusterConsensusEndpoints(settings.seeds().consensusEndpoints(settings.seed()))
            .catchupEndpoint(seed.catchupEndpoint())
            .sourceType(ClusterBackup.SourceType.LEADER)
            .initialReplayStart(ClusterBackup.Configuration.ReplayStart.LATEST_SNAPSHOT)
            .clusterBackupResponseTimeoutNs(RESPONSE_NS)
            .clusterBackupCoolDownIntervalNs(COOL_DOWN_NS)
            .idleStrategySupplier(SeedStack.idling())
            .threadFactory(task -> stack.thread(task, "restore"))
            .eventsListener(this)
            .errorHandler(stack::onError));
    }

    /**
     * @param leaderCommit up to where the leader has just said all to be committed; -1 where none leads.
     * @return whether all of that is here.
     */
    boolean isDone(final long leaderCommit)
    {
        if (isLogKnown && targetPosition < 0)
        {
            targetPosition = leaderCommit;
        }

        return targetPosition >= 0 && backup.context().liveLogPositionCounter().get() >= targetPosition;
    }

    @Override
    public void onBackupQuery()
    {
    }

    @Override
    public void onPossibleFailure(final Exception ex)
    {
        settings.errors().onError(ex);
    }

    @Override
    public void onBackupResponse(
        final ClusterMember[] clusterMembers,
        final ClusterMember logSourceMember,
        final List<RecordingLog.Snapshot> snapshotsToRetrieve)
    {
    }

    @Override
    public void onUpdatedRecordingLog(
        final RecordingLog recordingLog, final List<RecordingLog.Snapshot> snapshotsRetrieved)
    {
        isLogKnown = true;
    }

    @Override
    public void onLiveLogProgress(final long recordingId, final long recordingPosCounterId, final long logPosition)
    {
    }

    @Override
    public void close()
    {
        backup.close();
    }
}
