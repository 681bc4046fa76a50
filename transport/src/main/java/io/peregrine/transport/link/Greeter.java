package io.peregrine.transport.link;

import io.peregrine.transport.codec.DenialReason;
import io.peregrine.transport.codec.HelloDecoder;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Whether a Hello is welcome, and what to say if not. Pure; single-threaded.
 */
final class Greeter
{
    private final LinkIdentity identity;
    private final byte[] otherVersion;
    private final byte[] otherGrid;
    private final byte[] malformed = bytes("a name is too long: correct the client");

    Greeter(final LinkIdentity identity)
    {
        this.identity = identity;
        otherVersion = bytes("this node speaks protocol version " + LinkProtocol.VERSION +
            " only: use a client of a matching version");
        otherGrid = bytes("this node is of the grid '" + identity.gridName() +
            "': correct the grid's name or the address");
    }

    /**
     * @param hello whose lengths were checked; nothing of its variable parts was read yet.
     * @return why it is not welcome, or null.
     */
    DenialReason judge(final HelloDecoder hello)
    {
        if (hello.lowestVersion() > LinkProtocol.VERSION || hello.highestVersion() < LinkProtocol.VERSION)
        {
            return DenialReason.VERSION;
        }

        final int length = hello.gridNameLength();
        if (length > LinkProtocol.MAX_NAME_LENGTH)
        {
            return DenialReason.MALFORMED;
        }

        final byte[] grid = new byte[length];
        hello.getGridName(grid, 0, length);
        if (hello.clientNameLength() > LinkProtocol.MAX_NAME_LENGTH)
        {
            return DenialReason.MALFORMED;
        }

        return length == 0 || Arrays.equals(grid, identity.gridNameBytes()) ? null : DenialReason.GRID_NAME;
    }

    /**
     * @param reason that {@link #judge} gave.
     * @return for a person.
     */
    byte[] text(final DenialReason reason)
    {
        switch (reason)
        {
            case VERSION:
                return otherVersion;
            case GRID_NAME:
                return otherGrid;
            default:
                return malformed;
        }
    }

    static byte[] bytes(final String text)
    {
        return Arrays.copyOf(
            text.getBytes(StandardCharsets.UTF_8),
            Math.min(text.getBytes(StandardCharsets.UTF_8).length, LinkProtocol.MAX_TEXT_LENGTH));
    }
}
