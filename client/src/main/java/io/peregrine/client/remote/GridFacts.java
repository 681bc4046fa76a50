package io.peregrine.client.remote;

import io.peregrine.client.codec.GridInfoDecoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.transport.link.LinkConnection;
import org.agrona.DirectBuffer;

/**
 * What a client knows of the grid from the node's greeting.
 *
 * @param partitions       that keys hash to.
 * @param agents           data agents of the node.
 * @param member           number of the node in the table of the grid.
 * @param maxKeyLength     bytes.
 * @param maxValueLength   bytes.
 * @param maxRequestLength bytes.
 * @param maxInFlight      requests of one lane without an answer.
 * @param maxTags          lanes of one connection.
 * @param sessionNs        the longest time that a session may ask for.
 */
record GridFacts(
    int partitions,
    int agents,
    int member,
    int maxKeyLength,
    int maxValueLength,
    int maxRequestLength,
    int maxInFlight,
    int maxTags,
    long sessionNs)
{
    private static final int MAX_PARTITIONS = 1 << 16;

    /**
     * @return null when the greeting makes no sense.
     */
    static GridFacts of(final LinkConnection connection)
    {
        final DirectBuffer greeting = connection.greeting();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        if (greeting.capacity() < MessageHeaderDecoder.ENCODED_LENGTH + GridInfoDecoder.BLOCK_LENGTH)
        {
            return null;
        }
        header.wrap(greeting, 0);
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID || header.templateId() != GridInfoDecoder.TEMPLATE_ID ||
            header.blockLength() < GridInfoDecoder.BLOCK_LENGTH)
        {
            return null;
        }
        final GridInfoDecoder info = new GridInfoDecoder().wrapAndApplyHeader(greeting, 0, header);
        final GridFacts facts = new GridFacts(
            info.partitions(), info.agents(), info.member(), info.maxKeyLength(), toInt(info.maxValueLength()),
            toInt(info.maxRequestLength()), info.maxInFlight(), info.maxTags(), info.sessionTimeout());
        return facts.makesSense() ? facts : null;
    }

    /**
     * May lanes that were made for these facts go on with others?
     */
    boolean isSame(final GridFacts other)
    {
        return partitions == other.partitions && agents == other.agents;
    }

    private boolean makesSense()
    {
        return partitions > 0 && partitions <= MAX_PARTITIONS && agents > 0 && agents <= Table.MAX_AGENTS &&
            member >= 0 && member < Table.MAX_MEMBERS &&
            maxKeyLength > 0 && maxValueLength > 0 && maxRequestLength > 0 && maxInFlight > 0 && maxTags > 0 &&
            sessionNs > 0;
    }

    private static int toInt(final long length)
    {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE - 64, length));
    }
}
