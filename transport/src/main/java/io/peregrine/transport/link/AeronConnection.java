package io.peregrine.transport.link;

import io.aeron.Publication;
import io.peregrine.transport.codec.WelcomeDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A connection as its users see it. Lost once and for ever.
 */
final class AeronConnection implements LinkConnection
{
    private static final AtomicLong IDS = new AtomicLong();

    private final long id = IDS.incrementAndGet();
    private final Publication publication;
    private final long incarnation;
    private final long gridId;
    private final byte[] greeting;
    private volatile boolean isOpen = true;
    private volatile boolean isQuiet;

    /**
     * @param welcome wrapped over a message whose lengths were checked; nothing of its variable parts was read yet.
     */
    AeronConnection(final Publication publication, final WelcomeDecoder welcome)
    {
        this.publication = publication;
        incarnation = welcome.incarnation();
        gridId = welcome.gridId();
        welcome.skipGridName();
        welcome.skipNodeName();
        greeting = new byte[welcome.greetingLength()];
        welcome.getGreeting(greeting, 0, greeting.length);
    }

    @Override
    public long id()
    {
        return id;
    }

    @Override
    public long incarnation()
    {
        return incarnation;
    }

    @Override
    public long gridId()
    {
        return gridId;
    }

    @Override
    public DirectBuffer greeting()
    {
        return new UnsafeBuffer(greeting.clone());
    }

    @Override
    public boolean isOpen()
    {
        return isOpen;
    }

    @Override
    public boolean isQuiet()
    {
        return isQuiet;
    }

    @Override
    public LinkSender newSender()
    {
        return new AeronSender(this, publication);
    }

    void quiet(final boolean isNow)
    {
        if (isNow != isQuiet)
        {
            isQuiet = isNow;
        }
    }

    void onLost()
    {
        isOpen = false;
    }
}
