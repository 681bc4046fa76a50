package io.peregrine.transport.link;

import org.agrona.DirectBuffer;

/**
 * The layer above the end where links come in. Called on the thread that works it.
 */
public interface LinkServerHandler
{
    /**
     * A client said hello and is welcome.
     *
     * @param link to it; may carry an attachment.
     */
    void onOpen(ServerLink link);

    /**
     * A message.
     *
     * @param link   by which it came.
     * @param tag    that came with it, 1 or higher.
     * @param buffer valid during the call only.
     * @param offset where its header begins.
     * @param length of header and message.
     * @return false to be handed the same message again later, and nothing else of this link before.
     */
    boolean onMessage(ServerLink link, int tag, DirectBuffer buffer, int offset, int length);

    /**
     * The link is over: nothing comes by it any more and nothing can be sent.
     *
     * @param link that was open.
     */
    void onClosed(ServerLink link);
}
