package io.peregrine.node.control.wire;

import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlResult;

/**
 * What a node and the host of the control plane say to each other.
 */
public sealed interface HostMessage
{
    /**
     * A node says who it is.
     *
     * @param correlation   returned in the reply.
     * @param nodeVersion   version of the node.
     * @param gridId        grid that it remembers; 0 for none.
     * @param version       the highest that it saw.
     * @param startId       number that it drew when it started.
     * @param formerStartId that of its former life, which is surely over; -1 where it does not remember.
     * @param absentAfterNs how long it may be unheard of until it is replaced.
     * @param gridName      hash of the name of the grid that it is to be in.
     * @param key           what it calls itself.
     */
    record Hello(
        long correlation,
        long nodeVersion,
        long gridId,
        long version,
        long startId,
        long formerStartId,
        long absentAfterNs,
        long gridName,
        String key) implements HostMessage
    {
        /**
         * @param correlation returned in the reply.
         * @param nodeVersion of a node that is not of this version.
         * @return what can be read of its message.
         */
        public static Hello ofVersion(final long correlation, final long nodeVersion)
        {
            return new Hello(correlation, nodeVersion, 0, 0, -1, -1, Long.MAX_VALUE, 0, "");
        }
    }

    /**
     * A node asks for a command to be decided.
     *
     * @param correlation returned in the reply.
     * @param command     to decide.
     */
    record Request(long correlation, ControlCommand command) implements HostMessage
    {
    }

    /**
     * A node asks for the whole state.
     *
     * @param version that it has.
     */
    record Pull(long version) implements HostMessage
    {
    }

    /**
     * The host says what became of a Hello or a Request.
     *
     * @param correlation of what it answers.
     * @param gridId      of the host's grid; 0 until it is founded.
     * @param result      what was decided.
     */
    record Reply(long correlation, long gridId, ControlResult result) implements HostMessage
    {
    }

    /**
     * A command changed the state.
     *
     * @param before  version before it.
     * @param after   version after it.
     * @param timeNs  grid time at which it was decided.
     * @param digest  of the state after it.
     * @param command that did it.
     */
    record Event(long before, long after, long timeNs, long digest, ControlCommand command) implements HostMessage
    {
    }

    /**
     * A piece of the whole state.
     *
     * @param version of the state.
     * @param total   bytes of the whole.
     * @param at      where the piece begins.
     * @param bytes   of the piece.
     */
    record Piece(long version, int total, int at, byte[] bytes) implements HostMessage
    {
    }
}
