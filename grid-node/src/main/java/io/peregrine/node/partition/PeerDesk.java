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
import io.peregrine.node.codec.MessageHeaderDecoder;
import io.peregrine.node.codec.PositionAnswerDecoder;
import io.peregrine.node.codec.PositionRequestDecoder;
import io.peregrine.node.codec.RelayDecoder;
import io.peregrine.node.codec.ViewAnswerDecoder;
import io.peregrine.node.codec.ViewRequestDecoder;
import io.peregrine.node.control.Member;
import io.peregrine.node.replication.Envelope;
import io.peregrine.node.replication.PeerPairs;
import org.agrona.DirectBuffer;

/**
 * Hands messages of other nodes to those who read them. Only messages from a member in its present life to this member
 * in its own are read; one that knows more of the control plane's decisions is asked for them. Data agent's thread.
 */
final class PeerDesk
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BeatDecoder beat = new BeatDecoder();
    private final BeatAnswerDecoder answer = new BeatAnswerDecoder();
    private final EpochNoticeDecoder notice = new EpochNoticeDecoder();
    private final Partition[] byNumber;
    private final PeerPost post;
    private final PeerPairs pairs;
    private final Primaries primaries;
    private final Backups backups;
    private final Roles roles;
    private final LearningDesk learning;
    private final ViewDesk views;
    private final Tally tally;
    private long controlVersion;

    PeerDesk(
        final Partition[] byNumber,
        final PeerPost post,
        final PeerPairs pairs,
        final Primaries primaries,
        final Backups backups,
        final Roles roles,
        final LearningDesk learning,
        final ViewDesk views,
        final Tally tally)
    {
        this.byNumber = byNumber;
        this.post = post;
        this.pairs = pairs;
        this.primaries = primaries;
        this.backups = backups;
        this.roles = roles;
        this.learning = learning;
        this.views = views;
        this.tally = tally;
    }

    void controlVersion(final long version)
    {
        controlVersion = version;
    }

    void onMessage(final DirectBuffer buffer, final int offset, final int length, final long nowNs)
    {
        if (!Envelope.isMessage(header, buffer, offset, length) ||
            header.blockLength() < PeerBlocks.least(header.templateId()))
        {
            tally.badPeerMessages++;
            return;
        }

        final int memberId = Envelope.member(buffer, offset);
        final Member member = post.member(memberId);
        final long incarnation = Envelope.incarnation(buffer, offset);
        if (member == null || member.incarnation() < incarnation)
        {
            views.ask(memberId, Envelope.agent(buffer, offset), incarnation, nowNs);
        }
        else if (member.incarnation() == incarnation &&
            Envelope.toIncarnation(buffer, offset) == post.self().incarnation() && memberId != post.self().memberId())
        {
            dispatch(buffer, offset, length, memberId, nowNs);
        }
    }

    private void dispatch(
        final DirectBuffer buffer, final int offset, final int length, final int memberId, final long nowNs)
    {
        switch (header.templateId())
        {
            case BeatDecoder.TEMPLATE_ID:
                pairs.onBeat(buffer, offset);
                beat.wrap(buffer, offset + HEADER, header.blockLength(), header.version());
                onVersion(beat.controlVersion(), buffer, offset, memberId, nowNs);
                break;
            case BeatAnswerDecoder.TEMPLATE_ID:
                pairs.onBeatAnswer(buffer, offset, nowNs);
                primaries.refreshLeases();
                answer.wrap(buffer, offset + HEADER, header.blockLength(), header.version());
                onVersion(answer.controlVersion(), buffer, offset, memberId, nowNs);
                break;
            case AppendDecoder.TEMPLATE_ID:
                if (backups.onAppend(buffer, offset, length, header, memberId, controlVersion) != 0)
                {
                    askForView(buffer, offset, memberId, nowNs);
                }
                break;
            case AcksDecoder.TEMPLATE_ID:
                primaries.onAcks(buffer, offset, length, header, memberId, nowNs);
                break;
            case EpochNoticeDecoder.TEMPLATE_ID:
                onNotice(buffer, offset, memberId, nowNs);
                break;
            case ViewRequestDecoder.TEMPLATE_ID:
                views.onRequest(
                    buffer,
                    offset,
                    header,
                    memberId,
                    Envelope.agent(buffer, offset),
                    Envelope.incarnation(buffer, offset));
                break;
            case ViewAnswerDecoder.TEMPLATE_ID:
                views.onAnswer(buffer, offset, length, header);
                break;
            case RelayDecoder.TEMPLATE_ID:
                views.onRelay(buffer, offset, length, header);
                break;
            case GiveUpDecoder.TEMPLATE_ID:
                roles.onGiveUp(byNumber, buffer, offset, header, memberId, nowNs);
                break;
            default:
                dispatchRare(buffer, offset, length, memberId, nowNs);
                break;
        }
    }

    private void dispatchRare(
        final DirectBuffer buffer, final int offset, final int length, final int memberId, final long nowNs)
    {
        switch (header.templateId())
        {
            case LearnRequestDecoder.TEMPLATE_ID:
                learning.onRequest(buffer, offset, header, memberId, nowNs);
                break;
            case PositionRequestDecoder.TEMPLATE_ID:
                backups.positions().onRequest(buffer, offset, header, memberId);
                break;
            case PositionAnswerDecoder.TEMPLATE_ID:
                backups.positions().onAnswer(buffer, offset, header, memberId);
                break;
            case ChunkDecoder.TEMPLATE_ID:
                learning.onChunk(buffer, offset, length, header, nowNs);
                break;
            case LearnDeniedDecoder.TEMPLATE_ID:
                learning.onDenied(buffer, offset, header, nowNs);
                break;
            default:
                tally.badPeerMessages++;
                break;
        }
    }

    private void onNotice(final DirectBuffer buffer, final int offset, final int memberId, final long nowNs)
    {
        notice.wrap(buffer, offset + HEADER, header.blockLength(), header.version());
        final int number = notice.partition();
        final Partition partition = number >= 0 && number < byNumber.length ? byNumber[number] : null;
        if (partition != null && notice.epoch() > partition.epoch())
        {
            partition.onLaterEpoch(notice.epoch());
            askForView(buffer, offset, memberId, nowNs);
        }
    }

    private void onVersion(
        final long version, final DirectBuffer buffer, final int offset, final int memberId, final long nowNs)
    {
        views.onVersion(
            version, memberId, Envelope.agent(buffer, offset), Envelope.incarnation(buffer, offset), nowNs);
    }

    private void askForView(final DirectBuffer buffer, final int offset, final int memberId, final long nowNs)
    {
        views.ask(memberId, Envelope.agent(buffer, offset), Envelope.incarnation(buffer, offset), nowNs);
    }
}
