package io.peregrine.node.control.wire;

/**
 * Bytes are not what they were taken for. Nothing has happened.
 */
public final class MalformedException extends Exception
{
    private static final long serialVersionUID = 1;

    /**
     * @param what is wrong with them.
     */
    MalformedException(final String what)
    {
        super(what, null, false, false);
    }
}
