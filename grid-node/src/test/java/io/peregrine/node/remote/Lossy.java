package io.peregrine.node.remote;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.CncFileDescriptor;
import io.aeron.driver.status.SystemCounterDescriptor;
import java.io.File;
import java.nio.MappedByteBuffer;
import java.util.List;
import org.agrona.IoUtil;
import org.agrona.concurrent.status.CountersReader;

/**
 * A network that loses datagrams, by what Aeron has for that.
 */
final class Lossy
{
    private Lossy()
    {
    }

    /**
     * @param rate of what is lost of each kind, 0 to 1.
     * @return flags for a client in a process of its own.
     */
    static List<String> flags(final double rate)
    {
        return List.of(
            "-Daeron.debug.send.data.loss.rate=" + rate,
            "-Daeron.debug.send.data.loss.seed=7",
            "-Daeron.debug.send.control.loss.rate=" + rate,
            "-Daeron.debug.send.control.loss.seed=8",
            "-Daeron.debug.receive.data.loss.rate=" + rate,
            "-Daeron.debug.receive.data.loss.seed=9",
            "-Daeron.debug.receive.control.loss.rate=" + rate,
            "-Daeron.debug.receive.control.loss.seed=10");
    }

    /**
     * Datagrams were lost both on the way to the node and from it.
     */
    static void assertLoss(final Served served)
    {
        final File file = served.driver().resolve(CncFileDescriptor.CNC_FILE).toFile();
        final MappedByteBuffer mapped = IoUtil.mapExistingFile(file, file.toString());
        try
        {
            final var version = CncFileDescriptor.createMetaDataBuffer(mapped);
            final CountersReader counters = new CountersReader(
                CncFileDescriptor.createCountersMetaDataBuffer(mapped, version),
                CncFileDescriptor.createCountersValuesBuffer(mapped, version));
            assertTrue(counters.getCounterValue(SystemCounterDescriptor.NAK_MESSAGES_SENT.id()) > 0,
                "nothing was lost on the way to the node");
            assertTrue(counters.getCounterValue(SystemCounterDescriptor.NAK_MESSAGES_RECEIVED.id()) > 0,
                "nothing was lost on the way from the node");
        }
        finally
        {
            IoUtil.unmap(mapped);
        }
    }
}
