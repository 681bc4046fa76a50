package io.peregrine.node.gateway;

import io.peregrine.client.port.LocalReads;
import io.peregrine.client.port.MessageHandler;
import io.peregrine.client.port.RequestLane;
import io.peregrine.client.port.RequestPort;
import io.peregrine.node.NodeSettings;
import io.peregrine.transport.link.ClientLink;
import io.peregrine.transport.link.LinkSender;
import org.agrona.MutableDirectBuffer;

/**
 * The barest way to a node over a link: one lane, which is the link's only user.
 */
final class LinkPort implements RequestPort
{
    private final RemoteNode remote;
    private final ClientLink link;
    private final int tag;
    private final int partitions;

    LinkPort(final RemoteNode remote, final ClientLink link, final int tag, final int partitions)
    {
        this.partitions = partitions;
        this.remote = remote;
        this.link = link;
        this.tag = tag;
    }

    @Override
    public int partitions()
    {
        return partitions;
    }

    @Override
    public int maxKeyLength()
    {
        return remote.node.context().get(NodeSettings.KEY_MAX);
    }

    @Override
    public int maxValueLength()
    {
        return remote.node.context().get(NodeSettings.VALUE_MAX).intValue();
    }

    @Override
    public RequestLane openLane()
    {
        return new Lane(link.connection().newSender());
    }

    @Override
    public LocalReads localReads(final int structureId)
    {
        return null;
    }

    @Override
    public boolean isClosed()
    {
        return link.connection() == null;
    }

    /**
     * One tag of the link.
     */
    private final class Lane implements RequestLane
    {
        private final LinkSender sender;

        private Lane(final LinkSender sender)
        {
            this.sender = sender;
        }

        @Override
        public int maxMessageLength()
        {
            return sender.maxMessageLength();
        }

        @Override
        public int maxInFlight()
        {
            return 1;
        }

        @Override
        public int tryClaim(final int partition, final int length)
        {
            return sender.tryClaim(tag, length);
        }

        @Override
        public MutableDirectBuffer buffer()
        {
            return sender.buffer();
        }

        @Override
        public void commit()
        {
            sender.commit();
        }

        @Override
        public void abort()
        {
            sender.abort();
        }

        @Override
        public int poll(final MessageHandler handler, final int limit)
        {
            return link.poll((of, buffer, offset, length) -> handler.onMessage(buffer, offset, length), limit);
        }

        @Override
        public void idle(final int workCount)
        {
            remote.work();
        }

        @Override
        public void close()
        {
            // The link is closed by its owner.
        }
    }
}
