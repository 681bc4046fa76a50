package io.peregrine.perf.echo;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.status.PublicationErrorFrame;
import io.peregrine.transport.DriverFactory;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentInvoker;

import java.nio.file.Path;

/**
 * A media driver that is invoked by the working thread, or the way to that of another process, and a client of it. One
 * thread at a time.
 */
final class EchoDriver implements AutoCloseable
{
    private final MediaDriver driver;
    private final Aeron aeron;
    private final AgentInvoker driverInvoker;
    private final AgentInvoker conductor;

    /**
     * @param directory of the driver.
     * @param isHere    whether it is launched here; another process has it otherwise.
     */
    EchoDriver(final Path directory, final boolean isHere)
    {
        driver = isHere ? DriverFactory.launchInvoked(directory, EchoDriver::rethrow) : null;
        driverInvoker = driver == null ? null : driver.sharedAgentInvoker();
        aeron = driver == null ?
            DriverFactory.connect(directory, EchoDriver::rethrow, EchoDriver::ignore) :
            DriverFactory.connect(driver, EchoDriver::rethrow);
        conductor = aeron.conductorAgentInvoker();
    }

    private static void rethrow(final Throwable error)
    {
        throw new IllegalStateException("the echo failed: " + error, error);
    }

    private static void ignore(final PublicationErrorFrame frame)
    {
        // Nobody rejects anything here.
    }

    Aeron aeron()
    {
        return aeron;
    }

    /**
     * Move messages between driver and other ends.
     */
    int work()
    {
        return (driverInvoker == null ? 0 : driverInvoker.invoke()) + conductor.invoke();
    }

    @Override
    public void close()
    {
        CloseHelper.quietCloseAll(aeron, driver);
    }
}
