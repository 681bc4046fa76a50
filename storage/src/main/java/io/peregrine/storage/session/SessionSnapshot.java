package io.peregrine.storage.session;

import io.peregrine.storage.codec.MessageHeaderDecoder;
import io.peregrine.storage.codec.MessageHeaderEncoder;
import io.peregrine.storage.codec.ResultDecoder;
import io.peregrine.storage.codec.SessionTableDecoder;
import io.peregrine.storage.codec.SessionTableEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Writes all sessions of a partition into a SessionTable message, and loads one. All in one piece: the limits of
 * {@link Sessions} bound it, and what gives way depends on all results together. Data agent's thread.
 */
public final class SessionSnapshot
{
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final SessionTableEncoder encoder = new SessionTableEncoder();
    private final SessionTableDecoder decoder = new SessionTableDecoder();

    /**
     * The length that {@link #encode} will need.
     *
     * @param sessions to write.
     * @return bytes.
     */
    public static int encodedLength(final Sessions sessions)
    {
        return MessageHeaderEncoder.ENCODED_LENGTH +
            SessionTableEncoder.SessionsEncoder.sbeHeaderSize() +
            sessions.size() * SessionTableEncoder.SessionsEncoder.sbeBlockLength() +
            SessionTableEncoder.ResultsEncoder.sbeHeaderSize() +
            sessions.results.count() * (SessionTableEncoder.ResultsEncoder.sbeBlockLength() + Integer.BYTES) +
            sessions.results.resultBytes();
    }

    /**
     * Write all sessions.
     *
     * @param sessions to write.
     * @param dst      to write to.
     * @param offset   where; room for {@link #encodedLength}.
     * @return bytes written.
     */
    public int encode(final Sessions sessions, final MutableDirectBuffer dst, final int offset)
    {
        encoder.wrapAndApplyHeader(dst, offset, headerEncoder);
        final SessionTableEncoder.SessionsEncoder table = encoder.sessionsCount(sessions.size());
        for (final Session session : sessions.byId.values())
        {
            table.next()
                .id(session.id)
                .timeout(session.timeout)
                .lastUsed(session.lastUsed)
                .lastRequest(session.lastRequest)
                .floor(session.floor);
        }
        final ResultStore store = sessions.results;
        final SessionTableEncoder.ResultsEncoder results = encoder.resultsCount(store.count());
        for (int frame = store.first(); frame != ResultStore.NONE; frame = store.next(frame))
        {
            results.next()
                .sessionId(store.sessionId(frame))
                .requestNumber(store.requestNumber(frame))
                .putResult(store.buffer(), ResultStore.offset(frame), store.length(frame));
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    /**
     * Replace all sessions by those of a table.
     *
     * @param sessions to change; not touched when the table is refused.
     * @param sequence of the snapshot: no session is younger.
     * @param src      with the table.
     * @param offset   where.
     * @param length   bytes.
     * @return false if the bytes are not a table that {@link #encode} can have written.
     */
    public boolean load(
        final Sessions sessions, final long sequence, final DirectBuffer src, final int offset, final int length)
    {
        final Sessions loaded = new Sessions();
        if (!isTable(src, offset, length) || !decode(loaded, sequence, src, offset))
        {
            return false;
        }
        sessions.replace(loaded);
        return true;
    }

    private static boolean isTable(final DirectBuffer src, final int offset, final int length)
    {
        final int end = offset + length;
        int at = MessageLayout.skipRoot(
            src, offset, end, SessionTableDecoder.TEMPLATE_ID, SessionTableDecoder.SCHEMA_ID,
            SessionTableDecoder.BLOCK_LENGTH);
        at = MessageLayout.skipGroup(src, at, end, SessionTableDecoder.SessionsDecoder.sbeBlockLength(), 0);
        return MessageLayout.skipGroup(
            src, at, end, SessionTableDecoder.ResultsDecoder.sbeBlockLength(), 1) == end;
    }

    private boolean decode(final Sessions loaded, final long sequence, final DirectBuffer src, final int offset)
    {
        decoder.wrapAndApplyHeader(src, offset, headerDecoder);
        for (final SessionTableDecoder.SessionsDecoder row : decoder.sessions())
        {
            final Session session = new Session(row.id(), row.timeout(), row.lastUsed());
            session.lastRequest = row.lastRequest();
            session.floor = row.floor();
            if (session.id <= 0 || session.id > sequence || loaded.find(session.id) != null || !session.isSound() ||
                loaded.size() >= Sessions.MAX_SESSIONS)
            {
                return false;
            }
            session.window(session.lastRequest);
            loaded.restore(session);
        }
        for (final SessionTableDecoder.ResultsDecoder row : decoder.results())
        {
            final Session session = loaded.find(row.sessionId());
            final long number = row.requestNumber();
            final int length = row.resultLength();
            final int at = decoder.limit() + SessionTableDecoder.ResultsDecoder.resultHeaderLength();
            row.skipResult();
            if (session == null || !session.mayHave(number) || session.frameOf(number) != ResultStore.NONE ||
                !isResult(src, at, length) || !loaded.results.fits(length))
            {
                return false;
            }
            loaded.results.add(session, number, src, at, length);
        }
        return true;
    }

    private static boolean isResult(final DirectBuffer src, final int offset, final int length)
    {
        final int end = offset + length;
        final int at = MessageLayout.skipRoot(
            src, offset, end, ResultDecoder.TEMPLATE_ID, ResultDecoder.SCHEMA_ID, ResultDecoder.BLOCK_LENGTH);
        return length <= Sessions.MAX_RESULT_LENGTH &&
            MessageLayout.skipGroup(src, at, end, ResultDecoder.CommandsDecoder.sbeBlockLength(), 1) == end;
    }
}
