package io.peregrine.node.replication;

import io.peregrine.node.codec.BeatAnswerEncoder;
import io.peregrine.node.codec.BeatEncoder;
import io.peregrine.node.codec.Flag;
import io.peregrine.node.codec.MessageHeaderEncoder;

/**
 * Writes beats and their answers where they leave. One for all peers of a data agent; its thread.
 */
final class BeatCodec
{
    private static final int BEAT_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + BeatEncoder.BLOCK_LENGTH;
    private static final int ANSWER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + BeatAnswerEncoder.BLOCK_LENGTH;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final BeatEncoder beat = new BeatEncoder();
    private final BeatAnswerEncoder answer = new BeatAnswerEncoder();
    private final Self self;
    private final PeerNetwork network;

    BeatCodec(final Self self, final PeerNetwork network)
    {
        this.self = self;
        this.network = network;
    }

    /**
     * @return false when it has to be tried again.
     */
    boolean sendBeat(
        final PeerPair to,
        final long sentAtNs,
        final long controlVersion,
        final long heardAgoNs,
        final boolean isControlReachable)
    {
        final PeerSink sink = network.sinkTo(to.memberId(), to.agent());
        final int offset = claim(sink, BEAT_LENGTH);
        if (offset >= 0)
        {
            beat.wrapAndApplyHeader(sink.buffer(), offset, header)
                .sentAt(sentAtNs)
                .controlVersion(controlVersion)
                .heardAgo(heardAgoNs)
                .controlReachable(isControlReachable ? Flag.YES : Flag.NO)
                .reserved1((short) 0)
                .reserved2(0)
                .reserved3(0);
            Envelope.write(sink.buffer(), offset, self, to.incarnation());
            sink.commit();
        }

        return offset != PeerSink.BACK_PRESSURED;
    }

    /**
     * @return false when it has to be tried again.
     */
    boolean sendAnswer(
        final PeerPair to, final long sentAtNs, final long controlVersion, final long room, final boolean isGranted)
    {
        final PeerSink sink = network.sinkTo(to.memberId(), to.agent());
        final int offset = claim(sink, ANSWER_LENGTH);
        if (offset >= 0)
        {
            answer.wrapAndApplyHeader(sink.buffer(), offset, header)
                .sentAt(sentAtNs)
                .controlVersion(controlVersion)
                .room(room)
                .granted(isGranted ? Flag.YES : Flag.NO)
                .reserved1((short) 0)
                .reserved2(0)
                .reserved3(0);
            Envelope.write(sink.buffer(), offset, self, to.incarnation());
            sink.commit();
        }

        return offset != PeerSink.BACK_PRESSURED;
    }

    private static int claim(final PeerSink sink, final int length)
    {
        return sink == null ? PeerSink.NOT_CONNECTED : sink.tryClaim(PeerSink.Stream.BEATS, length);
    }
}
