package io.peregrine.perf.echo;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.status.PublicationErrorFrame;
import io.peregrine.transport.DriverFactory;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentInvoker;

import java.nio.file.Path;

/**
 * One end of the echo: a stream out, a stream in, and what drives them. One thread at a time.
 */
final class EchoStreams implements AutoCloseable
{
    private static final String LENGTHS = "|mtu=1408|term-length=128k|sparse=true";
    private static final int REQUESTS = 11;
    private static final int ANSWERS = 12;

    final ExclusivePublication out;
    final Subscription in;
    private final MediaDriver driver;
    private final Aeron aeron;
    private final AgentInvoker driverInvoker;
    private final AgentInvoker conductor;

    /**
     * @param directory of the driver, which is launched here unless the other end has it.
     * @param isServer  or the end that asks.
     * @param isIpc     both ends are at one driver, that of the server.
     * @param port      of the server; that of the client is the next.
     */
    EchoStreams(final Path directory, final boolean isServer, final boolean isIpc, final int port)
    {
        driver = isServer || !isIpc ? DriverFactory.launchInvoked(directory, EchoStreams::rethrow) : null;
        driverInvoker = driver == null ? null : driver.sharedAgentInvoker();
        aeron = driver == null ?
            DriverFactory.connect(directory, EchoStreams::rethrow, EchoStreams::ignore) :
            DriverFactory.connect(driver, EchoStreams::rethrow);
        conductor = aeron.conductorAgentInvoker();
        final int here = isServer ? port : port + 1;
        final int there = isServer ? port + 1 : port;
        in = aeron.addSubscription(
            isIpc ? "aeron:ipc" : "aeron:udp?endpoint=127.0.0.1:" + here, isServer ? REQUESTS : ANSWERS);
        out = aeron.addExclusivePublication(
            (isIpc ? "aeron:ipc?alias=echo" : "aeron:udp?endpoint=127.0.0.1:" + there) + LENGTHS,
            isServer ? ANSWERS : REQUESTS);
    }

    private static void rethrow(final Throwable error)
    {
        throw new IllegalStateException("the echo failed: " + error, error);
    }

    private static void ignore(final PublicationErrorFrame frame)
    {
        // Nobody rejects anything here.
    }

    /**
     * Move messages between driver and other end.
     */
    int work()
    {
        return (driverInvoker == null ? 0 : driverInvoker.invoke()) + conductor.invoke();
    }

    boolean isConnected()
    {
        return out.isConnected() && in.isConnected();
    }

    @Override
    public void close()
    {
        CloseHelper.quietCloseAll(aeron, driver);
    }
}
