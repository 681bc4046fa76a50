package io.peregrine.client;

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
        if (name == null)
        {
            throw new NullPointerException("name");
        }
        if (name.isEmpty() || name.length() > MAX_LENGTH)
        {
            throw invalid(name, "it has " + name.length() + " characters");
        }
        if (name.chars().anyMatch(Character::isISOControl))
        {
            throw invalid(name, "it has a control character");
        }
        final int length = Utf8.encode(name, new ExpandableArrayBuffer(), 0);
        if (length == Utf8.MALFORMED)
        {
            throw invalid(name, "it has half a surrogate pair");
        }
        if (length > MAX_LENGTH)
        {
            throw invalid(name, "it has " + length + " bytes");
        }
        return name;
    }

    static String shown(final String name)
    {
        return name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "...";
    }

    private static FailedException invalid(final String name, final String why)
    {
        return Errors.failed(ErrorCode.NAME_INVALID, "the name '" + shown(name) + "' cannot be used: " + why +
            "; a name has 1 to " + MAX_LENGTH + " bytes of UTF-8 and no control characters");
    }
}
