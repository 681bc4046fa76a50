package io.peregrine.transport.guard;

import io.aeron.driver.NetworkPublication;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Lets one stream of a driver send, what otherwise only the driver does for all its streams in turn. The driver has
 * this step and does not publish it; it may be taken between two cycles, on the driver's thread.
 */
final class StreamSend
{
    private static final MethodHandle SEND;

    static
    {
        try
        {
            SEND = MethodHandles.privateLookupIn(NetworkPublication.class, MethodHandles.lookup())
                .findVirtual(NetworkPublication.class, "send", MethodType.methodType(int.class, long.class));
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private StreamSend()
    {
    }

    /**
     * @return bytes sent, a datagram at most.
     */
    static int send(final NetworkPublication stream, final long nowNs)
    {
        try
        {
            return (int) SEND.invokeExact(stream, nowNs);
        }
        catch (final RuntimeException | Error ex)
        {
            throw ex;
        }
        catch (final Throwable ex)
        {
            throw new IllegalStateException("a step of the driver that throws nothing checked", ex);
        }
    }
}
