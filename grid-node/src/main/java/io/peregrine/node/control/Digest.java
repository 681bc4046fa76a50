package io.peregrine.node.control;

/**
 * Folds numbers and names, in order, into 64 bits that are equal on every host of equal state.
 */
final class Digest
{
    static final long START = 0x9E3779B97F4A7C15L;

    private Digest()
    {
    }

    static long mix(final long digest, final long value)
    {
        long mixed = digest ^ value;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return (mixed ^ (mixed >>> 31)) + START;
    }

    static long mix(final long digest, final String text)
    {
        long mixed = mix(digest, text.length());
        for (int i = 0; i < text.length(); i++)
        {
            mixed = mix(mixed, text.charAt(i));
        }

        return mixed;
    }
}
