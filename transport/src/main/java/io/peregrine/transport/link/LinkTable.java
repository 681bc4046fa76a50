package io.peregrine.transport.link;

import io.aeron.Image;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The links of a server: all of them, and those that are looked at in every cycle because something came by them lately
 * or something is to be done. Single-threaded.
 */
final class LinkTable
{
    private final Long2ObjectHashMap<ServerLink> byImage = new Long2ObjectHashMap<>();
    private final ServerLink[] all;
    private final ServerLink[] hot;
    private int size;
    private int hotSize;
    private long streamBytes;

    LinkTable(final int maxLinks)
    {
        all = new ServerLink[maxLinks];
        hot = new ServerLink[maxLinks];
    }

    int size()
    {
        return size;
    }

    int hotSize()
    {
        return hotSize;
    }

    boolean isFull()
    {
        return size == all.length;
    }

    long streamBytes()
    {
        return streamBytes;
    }

    ServerLink get(final int index)
    {
        return all[index];
    }

    ServerLink hot(final int index)
    {
        return hot[index];
    }

    ServerLink find(final Image image)
    {
        return byImage.get(image.correlationId());
    }

    void add(final ServerLink link)
    {
        link.index = size;
        all[size++] = link;
        byImage.put(link.image.correlationId(), link);
        streamBytes += link.streamBytes;
        heat(link);
    }

    void remove(final ServerLink link)
    {
        cool(link);
        final ServerLink last = all[--size];
        all[link.index] = last;
        last.index = link.index;
        all[size] = null;
        byImage.remove(link.image.correlationId());
        streamBytes -= link.streamBytes;
    }

    void heat(final ServerLink link)
    {
        link.idleCycles = 0;
        if (link.hotIndex < 0)
        {
            link.hotIndex = hotSize;
            hot[hotSize++] = link;
        }
    }

    void cool(final ServerLink link)
    {
        if (link.hotIndex >= 0)
        {
            final ServerLink last = hot[--hotSize];
            hot[link.hotIndex] = last;
            last.hotIndex = link.hotIndex;
            hot[hotSize] = null;
            link.hotIndex = -1;
        }
    }
}
