package io.peregrine.transport;

import io.aeron.Aeron;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.logbuffer.FragmentHandler;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.IdleStrategy;

import java.nio.file.Path;

/**
 * An address at which frames come in, with the media driver behind it. Works when it is invoked, by one thread; the
 * driver works there too or has a thread of its own.
 */
public final class Listener implements AutoCloseable
{
    /**
     * The stream on which requests of clients come.
     */
    public static final int REQUEST_STREAM = 1001;

    private static final int FRAGMENTS = 16;

    private final MediaDriver driver;
    private final Aeron aeron;
    private final Subscription subscription;
    private final AgentInvoker driverInvoker;
    private final AgentInvoker conductorInvoker;
    private long droppedFrames;
    private final FragmentHandler dropped = (buffer, offset, length, header) -> droppedFrames++;

    private Listener(final MediaDriver driver, final Aeron aeron, final Subscription subscription)
    {
        this.driver = driver;
        this.aeron = aeron;
        this.subscription = subscription;
        driverInvoker = driver.sharedAgentInvoker();
        conductorInvoker = aeron.conductorAgentInvoker();
    }

    /**
     * Listen at an address.
     *
     * @param endpoint     host and port.
     * @param directory    for the driver's mapped files; made anew, and deleted on close.
     * @param errorHandler for everything that goes wrong later.
     * @param idle         for the thread of the driver, or null: then {@link #work()} drives it.
     * @return the listener.
     */
    public static Listener open(
        final String endpoint, final Path directory, final ErrorHandler errorHandler, final IdleStrategy idle)
    {
        final MediaDriver driver = idle == null ?
            DriverFactory.launchInvoked(directory, errorHandler) :
            DriverFactory.launchShared(directory, errorHandler, idle);
        Aeron aeron = null;
        try
        {
            aeron = DriverFactory.connect(driver, errorHandler);
            return new Listener(
                driver, aeron, aeron.addSubscription("aeron:udp?endpoint=" + endpoint, REQUEST_STREAM));
        }
        catch (final Throwable ex)
        {
            CloseHelper.quietCloseAll(aeron, driver);
            throw ex;
        }
    }

    /**
     * Drive what has no thread of its own, and take frames in.
     *
     * @return work done.
     */
    public int work()
    {
        int work = driverInvoker == null ? 0 : driverInvoker.invoke();
        work += conductorInvoker.invoke();
        return work + subscription.poll(dropped, FRAGMENTS);
    }

    /**
     * @return frames that came and that nobody here takes.
     */
    public long droppedFrames()
    {
        return droppedFrames;
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(aeron, driver);
    }
}
