package io.peregrine.node.control;

/**
 * What the control plane decided about a command.
 */
public enum ControlCode
{
    /**
     * Decided, or true already.
     */
    OK,

    /**
     * No grid is founded yet.
     */
    NOT_FOUNDED,

    /**
     * A grid exists with other settings.
     */
    SETTINGS_DIFFER,

    /**
     * A number or a name of the command is outside its range.
     */
    INVALID,

    /**
     * No member or structure with this number exists, or only in another life.
     */
    UNKNOWN,

    /**
     * The partition's epoch is not the expected one: another proposal won.
     */
    EPOCH_MOVED,

    /**
     * The new set would lose what was acknowledged: its primary was not in sync, or no old replica stays.
     */
    UNSAFE,

    /**
     * A structure of this name exists with another kind or other settings.
     */
    DEFINED_OTHERWISE,

    /**
     * A named limit is reached: members, structures at one time, or numbers ever given.
     */
    LIMIT,

    /**
     * A node of this name is a member and was heard of a moment ago.
     */
    NAME_TAKEN,

    /**
     * A node remembers a grid, and this would be another one, or less of it.
     */
    OTHER_GRID,

    /**
     * A node is to be in a grid of another name.
     */
    OTHER_NAME,

    /**
     * A node is of another version than the control plane; the number of the result is the control plane's.
     */
    OTHER_VERSION
}
