package io.peregrine.node.partition;

import io.peregrine.node.codec.AcksDecoder;
import io.peregrine.node.codec.AppendDecoder;
import io.peregrine.node.codec.BeatAnswerDecoder;
import io.peregrine.node.codec.BeatDecoder;
import io.peregrine.node.codec.ChunkDecoder;
import io.peregrine.node.codec.EpochNoticeDecoder;
import io.peregrine.node.codec.GiveUpDecoder;
import io.peregrine.node.codec.LearnDeniedDecoder;
import io.peregrine.node.codec.LearnRequestDecoder;
import io.peregrine.node.codec.PositionAnswerDecoder;
import io.peregrine.node.codec.PositionRequestDecoder;
import io.peregrine.node.codec.RelayDecoder;
import io.peregrine.node.codec.ViewAnswerDecoder;
import io.peregrine.node.codec.ViewRequestDecoder;

import java.util.Arrays;

/**
 * How long the fixed part of each message between nodes is at least: one that is shorter is not read.
 */
final class PeerBlocks
{
    /**
     * No message is so long.
     */
    static final int NEVER = Integer.MAX_VALUE;

    private static final int[] LEAST = new int[RelayDecoder.TEMPLATE_ID + 1];

    static
    {
        Arrays.fill(LEAST, NEVER);
        LEAST[BeatDecoder.TEMPLATE_ID] = BeatDecoder.BLOCK_LENGTH;
        LEAST[BeatAnswerDecoder.TEMPLATE_ID] = BeatAnswerDecoder.BLOCK_LENGTH;
        LEAST[AppendDecoder.TEMPLATE_ID] = AppendDecoder.BLOCK_LENGTH;
        LEAST[AcksDecoder.TEMPLATE_ID] = AcksDecoder.BLOCK_LENGTH;
        LEAST[EpochNoticeDecoder.TEMPLATE_ID] = EpochNoticeDecoder.BLOCK_LENGTH;
        LEAST[GiveUpDecoder.TEMPLATE_ID] = GiveUpDecoder.BLOCK_LENGTH;
        LEAST[LearnRequestDecoder.TEMPLATE_ID] = LearnRequestDecoder.BLOCK_LENGTH;
        LEAST[ChunkDecoder.TEMPLATE_ID] = ChunkDecoder.BLOCK_LENGTH;
        LEAST[LearnDeniedDecoder.TEMPLATE_ID] = LearnDeniedDecoder.BLOCK_LENGTH;
        LEAST[PositionRequestDecoder.TEMPLATE_ID] = PositionRequestDecoder.BLOCK_LENGTH;
        LEAST[PositionAnswerDecoder.TEMPLATE_ID] = PositionAnswerDecoder.BLOCK_LENGTH;
        LEAST[ViewRequestDecoder.TEMPLATE_ID] = ViewRequestDecoder.BLOCK_LENGTH;
        LEAST[ViewAnswerDecoder.TEMPLATE_ID] = ViewAnswerDecoder.BLOCK_LENGTH;
        LEAST[RelayDecoder.TEMPLATE_ID] = RelayDecoder.BLOCK_LENGTH;
    }

    private PeerBlocks()
    {
    }

    /**
     * @param templateId of a message.
     * @return bytes of its fixed fields in this version of the schema; {@link #NEVER} if there is no such message.
     */
    static int least(final int templateId)
    {
        return templateId >= 0 && templateId < LEAST.length ? LEAST[templateId] : NEVER;
    }
}
