package io.peregrine.node.cluster;

import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.client.ArchiveException;
import io.aeron.cluster.ClusterControl.ToggleState;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.RecordingLog;
import io.aeron.cluster.service.Cluster;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keeps what a seed has on its disk small: the leader has snapshots taken, from time to time and when the log has
 * grown; each seed then gives up what only older snapshots need, but for one snapshot more than needed. One thread.
 */
final class SeedUpkeep
{
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int KEPT_SNAPSHOTS = 2;

    private final ClusterSettings settings;
    private final SeedStack stack;
    private final SeedFiles files;
    private final ClusterTimes times;
    private final ConsensusModule.Context module;
    private long lookedNs;
    private long takenNs;
    private long takenAt;
    private long snapshots;

    SeedUpkeep(
        final ClusterSettings settings,
        final SeedStack stack,
        final SeedFiles files,
        final ClusterTimes times,
        final long nowNs)
    {
        this.settings = settings;
        this.stack = stack;
        this.files = files;
        this.times = times;
        module = stack.module().context();
        lookedNs = nowNs;
        takenNs = nowNs;
        takenAt = -1;
    }

    int work(final long nowNs)
    {
        if (nowNs - lookedNs < LOOK_NS || module.commitPositionCounter().isClosed())
        {
            return 0;
        }

        lookedNs = nowNs;
        final long position = Math.max(0, module.commitPositionCounter().get());
        takenAt = takenAt < 0 ? position : takenAt;
        if (module.snapshotCounter().get() != snapshots)
        {
            snapshots = module.snapshotCounter().get();
            takenNs = nowNs;
            takenAt = position;
            purge();
            return 1;
        }

        final boolean isDue = position > takenAt &&
            (position - takenAt >= times.snapshotBytes() || nowNs - takenNs >= times.snapshotNs());
        if (isDue && isLeader() && ToggleState.get(module.controlToggleCounter()) == ToggleState.NEUTRAL)
        {
            ToggleState.SNAPSHOT.toggle(module.controlToggleCounter());
        }
        return 0;
    }

    boolean isLeader()
    {
        return Cluster.Role.get(module.clusterNodeRoleCounter()) == Cluster.Role.LEADER && isActive();
    }

    /**
     * @return whether this seed takes part: what it holds was read, and one leads.
     */
    boolean isActive()
    {
        return ConsensusModule.State.get(module.moduleStateCounter()) == ConsensusModule.State.ACTIVE;
    }

    /**
     * @return snapshots that were taken here since the control plane's part began.
     */
    long snapshots()
    {
        return module.snapshotCounter().get();
    }

    private void purge()
    {
        try (
            AeronArchive archive = AeronArchive.connect(stack.localArchive("purge"));
            RecordingLog log = new RecordingLog(files.cluster().toFile(), false))
        {
            final List<RecordingLog.Entry> taken = log.entries().stream()
                .filter(entry -> entry.isValid && entry.type == RecordingLog.ENTRY_TYPE_SNAPSHOT)
                .toList();
            final List<Long> positions =
                taken.stream().map(entry -> entry.logPosition).distinct().sorted().toList();
            if (positions.size() >= KEPT_SNAPSHOTS)
            {
                final long oldest = positions.get(positions.size() - KEPT_SNAPSHOTS);
                purgeLog(archive, log.findLastTermRecordingId(), oldest);
                taken.stream().filter(entry -> entry.logPosition < oldest).forEach(entry ->
                    purgeSnapshot(archive, entry.recordingId));
            }
        }
        catch (final RuntimeException ex)
        {
            settings.errors().onError(ex);
        }
    }

    private static void purgeLog(final AeronArchive archive, final long recordingId, final long position)
    {
        final long start = archive.getStartPosition(recordingId);
        final long base = AeronArchive.segmentFileBasePosition(start, position, SeedStack.SEGMENT, SeedStack.SEGMENT);
        if (base > start)
        {
            archive.purgeSegments(recordingId, base);
        }
    }

    /**
     * One that is gone already is no fault.
     */
    private static void purgeSnapshot(final AeronArchive archive, final long recordingId)
    {
        try
        {
            archive.purgeRecording(recordingId);
        }
        catch (final ArchiveException ex)
        {
            if (ex.errorCode() != ArchiveException.UNKNOWN_RECORDING)
            {
                throw ex;
            }
        }
    }

    /**
     * @return where the log here begins.
     */
    long logStart()
    {
        try (
            AeronArchive archive = AeronArchive.connect(stack.localArchive("look"));
            RecordingLog log = new RecordingLog(files.cluster().toFile(), false))
        {
            return archive.getStartPosition(log.findLastTermRecordingId());
        }
    }
}
