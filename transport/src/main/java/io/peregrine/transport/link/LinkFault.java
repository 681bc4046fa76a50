package io.peregrine.transport.link;

import io.peregrine.transport.codec.DenialReason;

/**
 * Why there is no connection.
 *
 * @param reason  what the node said; null when nothing came from there.
 * @param isFinal whether trying again is of no use: another version, another grid.
 * @param text    for a person: what happened and what to do.
 */
public record LinkFault(DenialReason reason, boolean isFinal, String text)
{
}
