package io.peregrine.perf.grid;

import io.aeron.AeronCounters;
import io.aeron.CncFileDescriptor;
import io.aeron.CommonContext;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusterCounters;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

import java.nio.MappedByteBuffer;
import java.nio.file.Path;

/**
 * Whether a seed leads the control plane, as the counters of its media driver say. Looked at anew each time, as the
 * driver may be another one since.
 */
final class ControlRole
{
    private static final int CLUSTER = 0;

    private ControlRole()
    {
    }

    /**
     * @param driver of the control plane's part on a node.
     * @return whether that part leads; false where there is none.
     */
    static boolean leads(final Path driver)
    {
        final MappedByteBuffer cnc =
            new CommonContext().aeronDirectoryName(driver.toString()).concludeAeronDirectory()
                .mapExistingCncFile(null);
        if (cnc == null)
        {
            return false;
        }

        try
        {
            final UnsafeBuffer meta = CncFileDescriptor.createMetaDataBuffer(cnc);
            final CountersReader counters = new CountersReader(
                CncFileDescriptor.createCountersMetaDataBuffer(cnc, meta),
                CncFileDescriptor.createCountersValuesBuffer(cnc, meta));
            final int id = ClusterCounters.find(counters, AeronCounters.CLUSTER_NODE_ROLE_TYPE_ID, CLUSTER);
            return id != CountersReader.NULL_COUNTER_ID &&
                counters.getCounterValue(id) == Cluster.Role.LEADER.code();
        }
        finally
        {
            IoUtil.unmap(cnc);
        }
    }
}
