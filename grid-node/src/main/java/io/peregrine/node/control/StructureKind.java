package io.peregrine.node.control;

/**
 * What a structure is. The codes are part of the protocol.
 */
public enum StructureKind
{
    /**
     * Keys to values.
     */
    MAP(1);

    private final int code;

    StructureKind(final int code)
    {
        this.code = code;
    }

    /**
     * @return the number that stands for this kind in messages.
     */
    public int code()
    {
        return code;
    }
}
