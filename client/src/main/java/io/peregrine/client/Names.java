package io.peregrine.client;

import io.peregrine.client.port.ReservedNames;
import org.agrona.ExpandableArrayBuffer;

/**
 * Names of structures: 1 to 255 bytes of well-formed UTF-8 without control characters.
 */
final class Names
{
    static final int MAX_LENGTH = 255;
    private static final int SHOWN = 40;

    private Names()
    {
    }

    static String check(final String name)
    {
        return check(name, MAX_LENGTH);
    }

    /**
     * A name that users give to a map or a lock.
     */
    static String checkFree(final String name)
    {
        if (ReservedNames.isReserved(check(name)))
        {
            throw Errors.failed(ErrorCode.NAME_INVALID, "the name '" + shown(name) + "' cannot be used: names that " +
                "begin with '" + ReservedNames.PREFIX + "' are the grid's own");
        }
        return name;
    }

    static String check(final String name, final int maxLength)
    {
        if (name == null)
        {
            throw new NullPointerException("name");
        }
        if (name.isEmpty() || name.length() > maxLength)
        {
            throw invalid(name, "it has " + name.length() + " characters", maxLength);
        }
        if (name.chars().anyMatch(Character::isISOControl))
        {
            throw invalid(name, "it has a control character", maxLength);
        }
        final int length = Utf8.encode(name, new ExpandableArrayBuffer(), 0);
        if (length == Utf8.MALFORMED)
        {
            throw invalid(name, "it has half a surrogate pair", maxLength);
        }
        if (length > maxLength)
        {
            throw invalid(name, "it has " + length + " bytes", maxLength);
        }
        return name;
    }

    static String shown(final String name)
    {
        return name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "...";
    }

    private static FailedException invalid(final String name, final String why, final int maxLength)
    {
        return Errors.failed(ErrorCode.NAME_INVALID, "the name '" + shown(name) + "' cannot be used: " + why +
            "; a name has 1 to " + maxLength + " bytes of UTF-8 and no control characters");
    }
}
