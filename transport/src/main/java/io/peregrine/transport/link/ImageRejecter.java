package io.peregrine.transport.link;

import io.aeron.Aeron;
import io.aeron.DriverProxy;
import io.aeron.Image;
import io.aeron.exceptions.AeronException;

/**
 * Has streams rejected by the media driver, which tells the sender's driver, without waiting for its answer as
 * {@link Image#reject} does. Single-threaded.
 */
public final class ImageRejecter
{
    private DriverProxy driver;

    /**
     * @param aeron client that the streams come by from now on.
     */
    public void connected(final Aeron aeron)
    {
        driver = new DriverProxy(aeron.context().toDriverBuffer(), aeron.clientId());
    }

    /**
     * Where there is no room for the command the stream ends when its sender falls silent.
     *
     * @param image  of the stream.
     * @param reason said to its sender.
     */
    public void reject(final Image image, final String reason)
    {
        if (!image.isClosed())
        {
            try
            {
                driver.rejectImage(image.correlationId(), image.position(), reason);
            }
            catch (final AeronException ignore)
            {
                // The ring of commands is full: there is nothing to wait for here.
            }
        }
    }
}
