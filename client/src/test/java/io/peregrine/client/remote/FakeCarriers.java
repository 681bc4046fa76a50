package io.peregrine.client.remote;

import io.peregrine.transport.link.ClientLink;
import io.peregrine.transport.link.LinkConnection;
import io.peregrine.transport.link.LinkFault;
import io.peregrine.transport.link.LinkHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What carries to nodes that answer when the test says so, and counts what is not given back.
 */
final class FakeCarriers
{
    final Map<String, Long> nodes = new HashMap<>();
    final Map<String, String> broken = new HashMap<>();
    final List<FakeCarrier> open = new ArrayList<>();
    final List<FakeLink> links = new ArrayList<>();
    boolean linksFail;

    Carrier make(final Address address)
    {
        if (broken.containsKey(address.kind()))
        {
            throw new IllegalStateException(broken.get(address.kind()));
        }
        final FakeCarrier carrier = new FakeCarrier(address.kind());
        open.add(carrier);
        return carrier;
    }

    List<String> kinds()
    {
        return open.stream().map((carrier) -> carrier.kind).toList();
    }

    List<String> linked()
    {
        return links.stream().map((link) -> link.address + " " + link.agent).toList();
    }

    /**
     * Carries to addresses of one kind.
     */
    final class FakeCarrier implements Carrier
    {
        final String kind;

        FakeCarrier(final String kind)
        {
            this.kind = kind;
        }

        @Override
        public ClientLink open(final Address address, final int agent)
        {
            if (linksFail)
            {
                throw new IllegalStateException("no link");
            }
            final FakeLink link = new FakeLink(address.text(), agent);
            links.add(link);
            return link;
        }

        @Override
        public int work(final long nowNs)
        {
            return 0;
        }

        @Override
        public void beforeUnmaking(final Runnable barrier)
        {
            // Nothing is sent here.
        }

        @Override
        public void close()
        {
            open.remove(this);
            links.removeIf((link) -> new Address(link.address).kind().equals(kind));
        }
    }

    /**
     * Is connected while its node is there.
     */
    final class FakeLink implements ClientLink
    {
        final String address;
        final int agent;
        private FakeConnection connection;

        FakeLink(final String address, final int agent)
        {
            this.address = address;
            this.agent = agent;
        }

        @Override
        public LinkConnection connection()
        {
            return connection;
        }

        @Override
        public LinkFault fault()
        {
            return connection == null ? new LinkFault(null, false, "nobody there") : null;
        }

        @Override
        public int work(final long nowNs)
        {
            final Long gridId = nodes.get(address);
            if (gridId == null || !links.contains(this))
            {
                connection = null;
            }
            else if (connection == null)
            {
                connection = new FakeConnection(gridId, new UnsafeBuffer(new byte[8]), 1024, () -> false);
            }
            return 0;
        }

        @Override
        public int poll(final LinkHandler handler, final int limit)
        {
            return 0;
        }

        @Override
        public void close()
        {
            connection = null;
            links.remove(this);
        }
    }
}
