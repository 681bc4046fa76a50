package io.peregrine.node.control;

/**
 * The answer to a control command.
 *
 * @param code    what was decided.
 * @param number  number of the member or structure, or epoch of the partition, that the command was about.
 * @param version of the state after the command.
 */
public record ControlResult(ControlCode code, long number, long version)
{
    /**
     * @return whether the command was decided or was true already.
     */
    public boolean ok()
    {
        return code == ControlCode.OK;
    }
}
