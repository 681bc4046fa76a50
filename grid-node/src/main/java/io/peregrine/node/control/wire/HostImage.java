package io.peregrine.node.control.wire;

import io.peregrine.node.codec.HostSnapshotDecoder;
import io.peregrine.node.codec.HostSnapshotEncoder;
import io.peregrine.node.codec.MessageHeaderDecoder;
import io.peregrine.node.codec.MessageHeaderEncoder;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.NodeVersion;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that the host of the control plane knows, and as bytes.
 *
 * @param timeNs    grid time.
 * @param lastStamp stamp of the log at that time.
 * @param sessions  nodes that said who they are, by the number of their session.
 * @param view      the state.
 */
public record HostImage(
    long timeNs, long lastStamp, SortedMap<Long, HostMessage.Hello> sessions, ControlView view)
{
    private static final int MOST_SESSIONS = 65_000;

    /**
     * @param buffer to encode it in; grows.
     * @return bytes.
     */
    public int encode(final MutableDirectBuffer buffer)
    {
        final HostSnapshotEncoder encoder = new HostSnapshotEncoder()
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .time(timeNs)
            .lastStamp(lastStamp);
        final HostSnapshotEncoder.SessionsEncoder group = encoder.sessionsCount(sessions.size());
        sessions.forEach((session, hello) ->
        {
            final byte[] key = Texts.encode(hello.key());
            group.next()
                .session(session)
                .gridId(hello.gridId())
                .startId(hello.startId())
                .formerStartId(hello.formerStartId())
                .absentAfter(hello.absentAfterNs())
                .putKey(key, 0, key.length);
        });
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
        return length + new ViewWriter().encode(view, buffer, length);
    }

    /**
     * @param buffer with an image, from its beginning.
     * @param length of it.
     * @return the image.
     * @throws MalformedException where there is none.
     */
    public static HostImage decode(final DirectBuffer buffer, final int length) throws MalformedException
    {
        final Bounds bounds = new Bounds(buffer, 0, length);
        final MessageHeaderDecoder header = bounds.header(0);
        Bounds.check(
            header.templateId() == HostSnapshotDecoder.TEMPLATE_ID &&
                header.blockLength() >= HostSnapshotDecoder.BLOCK_LENGTH, "not a snapshot of the control plane");
        final HostSnapshotDecoder decoder = new HostSnapshotDecoder().wrapAndApplyHeader(buffer, 0, header);
        final long time = decoder.time();
        final long lastStamp = decoder.lastStamp();
        final SortedMap<Long, HostMessage.Hello> sessions = new TreeMap<>();
        bounds.group(decoder.limit(), HostSnapshotDecoder.SessionsDecoder.sbeBlockLength(), MOST_SESSIONS);
        final HostSnapshotDecoder.SessionsDecoder group = decoder.sessions();
        final int count = group.count();
        for (int i = 0; i < count; i++)
        {
            bounds.element(decoder.limit(), group.actingBlockLength());
            group.next();
            final long session = group.session();
            final long gridId = group.gridId();
            final long startId = group.startId();
            final long former = group.formerStartId();
            final long absentAfter = group.absentAfter();
            final String key = bounds.text(decoder.limit());
            group.skipKey();
            sessions.put(session, new HostMessage.Hello(
                0, NodeVersion.CURRENT, gridId, 0, startId, former, absentAfter, 0, key));
        }

        final int at = decoder.limit();
        return new HostImage(time, lastStamp, sessions, new ViewReader().decode(buffer, at, length - at));
    }
}
