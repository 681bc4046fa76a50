package io.peregrine.node.gateway;

import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.StatusReplyDecoder;
import io.peregrine.client.codec.StatusRequestEncoder;
import io.peregrine.transport.link.ClientLink;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;

@Timeout(120)
class StatusRefusalTest
{
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    @TempDir
    private Path directory;

    @Test
    void shouldRefuseQuestionsForItsStatusThatMakeNoSenseAndAnswerTheNext()
    {
        try (RemoteNode remote = new RemoteNode(directory).start())
        {
            final ClientLink link = remote.connect(remote.newClient(true, 1));
            final RawCalls calls = new RawCalls(remote);
            assertEquals(Reason.ARGUMENT_INVALID, calls.refusal(link, ask(calls.message, -1, 1)));
            assertEquals(Reason.ARGUMENT_INVALID, calls.refusal(link, ask(calls.message, 0, 65)));
            assertEquals(Reason.ARGUMENT_INVALID, calls.refusal(link, ask(calls.message, 0, -1)));
            final int length = ask(calls.message, 0, 1);
            header.wrap(calls.message, 0).blockLength(StatusRequestEncoder.BLOCK_LENGTH - 1);
            assertEquals(Reason.MALFORMED, calls.refusal(link, length));
            assertEquals(Reason.MALFORMED, calls.refusal(link, ask(calls.message, 0, 1) - 1));
            assertEquals(StatusReplyDecoder.TEMPLATE_ID, calls.call(link, ask(calls.message, 0, 0)));
            assertEquals(StatusReplyDecoder.TEMPLATE_ID, calls.call(link, ask(calls.message, Integer.MAX_VALUE, 64)));
            assertEquals(0, remote.errors.size(), remote.errors::toString);
        }
    }

    private int ask(final UnsafeBuffer message, final int fromMap, final int maxMaps)
    {
        return MessageHeaderEncoder.ENCODED_LENGTH + new StatusRequestEncoder()
            .wrapAndApplyHeader(message, 0, header)
            .correlationId(1).fromMap(fromMap).maxMaps(maxMaps).encodedLength();
    }
}
