package io.peregrine.node.replication;

import io.peregrine.node.control.ControlCommand;
import org.agrona.MutableDirectBuffer;

/**
 * How a command to the control plane looks in a message from node to node.
 */
@FunctionalInterface
public interface ControlCodec
{
    /**
     * @param command to encode.
     * @param buffer  to encode it in, which grows.
     * @param offset  where.
     * @return bytes.
     */
    int encode(ControlCommand command, MutableDirectBuffer buffer, int offset);
}
