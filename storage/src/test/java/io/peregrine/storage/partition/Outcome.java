package io.peregrine.storage.partition;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.peregrine.storage.codec.MessageHeaderDecoder;
import io.peregrine.storage.codec.ResultDecoder;
import io.peregrine.storage.codec.ResultStatus;
import org.agrona.DirectBuffer;

/**
 * A result that tests can compare and print.
 *
 * @param sequence of the entry that the result is of.
 * @param status   how it ended.
 * @param failed   index of the command that failed.
 * @param commands what each found.
 */
record Outcome(long sequence, ResultStatus status, int failed, List<Found> commands)
{
    /**
     * What a command found and left.
     *
     * @param version         after it.
     * @param previousVersion before it.
     * @param previous        value before it, in hexadecimal.
     */
    record Found(long version, long previousVersion, String previous)
    {
    }

    static Outcome of(final DirectBuffer buffer, final int offset, final int length)
    {
        final ResultDecoder decoder = new ResultDecoder();
        decoder.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        final List<Found> found = new ArrayList<>();
        final ResultStatus status = decoder.status();
        final long sequence = decoder.sequence();
        final int failed = decoder.failed();
        for (final ResultDecoder.CommandsDecoder command : decoder.commands())
        {
            final long version = command.version();
            final long previousVersion = command.previousVersion();
            final byte[] previous = new byte[command.previousLength()];
            command.getPrevious(previous, 0, previous.length);
            found.add(new Found(version, previousVersion, HexFormat.of().formatHex(previous)));
        }
        if (MessageHeaderDecoder.ENCODED_LENGTH + decoder.encodedLength() != length)
        {
            throw new AssertionError("length " + length + " of " + found);
        }
        return new Outcome(sequence, status, failed, found);
    }

    static Outcome of(final long sequence, final ResultStatus status)
    {
        return new Outcome(sequence, status, 0, List.of());
    }

    /**
     * Bytes of the encoded result.
     */
    int encodedLength()
    {
        return 8 + 16 + 4 + commands.stream().mapToInt(found -> 16 + 4 + found.previous().length() / 2).sum();
    }
}
