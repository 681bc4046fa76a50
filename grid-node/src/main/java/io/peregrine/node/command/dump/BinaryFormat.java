package io.peregrine.node.command.dump;

import io.peregrine.client.Routing;

/**
 * The binary form of a file of entries; numbers are little endian, checksums are CRC-32C.
 * <pre>
 *   header    8 bytes  "PERGRINE"
 *             int16    version, 1
 *             int8     routing of keys: 0 by the whole, 1 by what stands in braces
 *             int8     0
 *             int32    length of the name
 *             ...      name of the map, UTF-8
 *             int32    checksum of all before
 *   entry     int32    length of its body, 13 or more
 *             int64    time to live in milliseconds, -1 where nothing is said
 *             int32    length of the key, 1 or more
 *             ...      key, then value: the rest of the body
 *             int32    checksum of length and body
 *   trailer   int32    0
 *             int64    entries in the file
 *             int32    checksum of the two before
 * </pre>
 */
final class BinaryFormat
{
    static final byte[] MAGIC = {'P', 'E', 'R', 'G', 'R', 'I', 'N', 'E'};
    static final short VERSION = 1;
    static final int FIXED_HEADER = MAGIC.length + Short.BYTES + 2 * Byte.BYTES + Integer.BYTES;
    static final int FIXED_BODY = Long.BYTES + Integer.BYTES;
    static final int LONGEST_NAME = 255;
    static final int LONGEST_BODY = 32 << 20;

    private BinaryFormat()
    {
    }

    static Routing routing(final int number)
    {
        return number == 0 ? Routing.WHOLE : number == 1 ? Routing.BRACES : null;
    }

    static byte number(final Routing routing)
    {
        return (byte) (routing == Routing.BRACES ? 1 : 0);
    }
}
