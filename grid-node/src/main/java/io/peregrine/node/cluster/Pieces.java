package io.peregrine.node.cluster;

import io.peregrine.node.control.wire.HostMessage;

/**
 * Puts together what came in pieces, in order and of one version; anything else begins anew. Pure; one thread.
 */
final class Pieces
{
    /**
     * Bytes of a piece.
     */
    static final int LENGTH = 6 * 1024;

    /**
     * Bytes of the longest message from a node.
     */
    static final int MOST_REQUEST = 24 * 1024;

    /**
     * Bytes of the longest message to a node: a request becomes an event, which says a little more.
     */
    static final int MOST_MESSAGE = MOST_REQUEST + 1024;

    /**
     * Changes of partitions in one command, at most, so that it fits.
     */
    static final int MOST_CHANGES = 128;

    /**
     * Bytes of the longest whole.
     */
    private static final int MOST_TOTAL = 256 * 1024 * 1024;

    private byte[] bytes = new byte[0];
    private long version = -1;
    private int have;

    /**
     * @return the whole, once it is there; else null.
     */
    byte[] onPiece(final HostMessage.Piece piece)
    {
        if (piece.at() == 0 && piece.total() <= MOST_TOTAL)
        {
            bytes = new byte[piece.total()];
            version = piece.version();
            have = 0;
        }
        if (piece.version() != version || piece.at() != have || piece.total() != bytes.length)
        {
            version = -1;
            return null;
        }

        System.arraycopy(piece.bytes(), 0, bytes, have, piece.bytes().length);
        have += piece.bytes().length;
        if (have < bytes.length)
        {
            return null;
        }

        version = -1;
        return bytes;
    }
}
