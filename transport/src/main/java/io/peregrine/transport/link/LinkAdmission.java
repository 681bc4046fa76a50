package io.peregrine.transport.link;

import io.aeron.Image;
import io.peregrine.transport.codec.DenialReason;

/**
 * Which streams that come become links. The others are rejected with a text that reaches the client's driver, and cost
 * nothing further here. Single-threaded.
 */
final class LinkAdmission
{
    private final LinkServerSettings settings;
    private final LinkTally tally;
    private final ImageRejecter rejecter;

    LinkAdmission(final LinkServerSettings settings, final LinkTally tally, final ImageRejecter rejecter)
    {
        this.settings = settings;
        this.tally = tally;
        this.rejecter = rejecter;
    }

    boolean admits(final Image image, final LinkTable links, final boolean isShut)
    {
        final int termLength = image.termBufferLength();
        if (image.joinPosition() != 0)
        {
            return reject(image, DenialReason.NOT_READY, "the node was started anew");
        }
        if (isShut)
        {
            return reject(image, DenialReason.NOT_READY, "the node is closing");
        }
        if (termLength > settings.maxTermLength() || image.mtuLength() > settings.maxMtu() ||
            image.mtuLength() < LinkProtocol.MIN_MTU)
        {
            return reject(image, DenialReason.MALFORMED, "term or datagram length out of range");
        }
        if (links.isFull() || links.streamBytes() + settings.streamBytes(termLength) > settings.maxStreamBytes())
        {
            return reject(image, DenialReason.TOO_MANY, "too many clients are connected; try again later");
        }

        return true;
    }

    private boolean reject(final Image image, final DenialReason reason, final String text)
    {
        tally.rejected++;
        tally.onDenied(reason);
        rejecter.reject(image, reason + ": " + text);
        return false;
    }
}
