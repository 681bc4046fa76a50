package io.peregrine.transport.guard;

import io.aeron.driver.Configuration;
import io.aeron.driver.DataPacketDispatcher;
import io.aeron.driver.NetworkPublication;
import io.aeron.driver.PublicationImage;
import io.aeron.driver.Receiver;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Lets those timers of a driver pass that hold up a stream which answers another one. The driver says which stream
 * answers with a periodic status message only, and a setup that had nobody to go to is tried again only after its time:
 * 200 and 100 ms in which nobody waits for anything. What is lost is said again by the same timers. On the driver's
 * thread.
 */
final class AnswerTimers
{
    private static final VarHandle RECEIVER;
    private static final VarHandle IMAGES;
    private static final VarHandle STATUS_DUE_NS;

    static
    {
        try
        {
            RECEIVER = field(DataPacketDispatcher.class, "receiver", Receiver.class);
            IMAGES = field(Receiver.class, "publicationImages", PublicationImage[].class);
            STATUS_DUE_NS = field(PublicationImage.class, "nextSmDeadlineNs", long.class);
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private AnswerTimers()
    {
    }

    /**
     * The stream that answers is there: the next cycle of the driver says so to whoever asked for it.
     *
     * @param dispatcher of any endpoint of the driver.
     * @param imageId    of the stream that is answered.
     * @param nowNs      of the driver's clock.
     */
    static void onAnswerMade(final DataPacketDispatcher dispatcher, final long imageId, final long nowNs)
    {
        for (final PublicationImage image : (PublicationImage[]) IMAGES.get((Receiver) RECEIVER.get(dispatcher)))
        {
            if (image.correlationId() == imageId)
            {
                STATUS_DUE_NS.set(image, nowNs - 1);
            }
        }
    }

    /**
     * Whoever asked is there: now the setup has somebody to go to.
     *
     * @param answer that has sent nothing so far.
     * @param nowNs  of the driver's clock.
     */
    static void onAddressKnown(final NetworkPublication answer, final long nowNs)
    {
        StreamSend.send(answer, nowNs + Configuration.PUBLICATION_SETUP_TIMEOUT_NS + 1);
    }

    private static VarHandle field(final Class<?> owner, final String name, final Class<?> type)
        throws ReflectiveOperationException
    {
        return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).findVarHandle(owner, name, type);
    }
}
