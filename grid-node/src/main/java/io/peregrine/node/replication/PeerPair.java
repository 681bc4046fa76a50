package io.peregrine.node.replication;

import io.peregrine.node.control.Replica;

/**
 * This data agent and one of another node: the lease that each gives the other, and what each last heard. Data agent's
 * thread.
 */
final class PeerPair
{
    private final int memberId;
    private final int agent;
    private final ReplicationSettings settings;
    private final HeldLease held;
    private final GivenLease given;
    private long incarnation;
    private long sinceNs;
    private boolean isWanted;
    private long nextBeatNs;
    private long heardAnswerNs = Leases.NONE;
    private long heardSentNs = Leases.NONE;
    private final Following following = new Following();
    private boolean isControlReachable;
    private boolean owesAnswer;
    private boolean isAnswerGrant;
    private long answerSentAtNs;
    private long roomGiven;
    private long room = Leases.FOR_EVER;
    private long roomSentAtNs = Leases.NONE;

    PeerPair(
        final int memberId,
        final int agent,
        final long incarnation,
        final Rules rules,
        final ReplicationSettings settings,
        final long nowNs)
    {
        this.memberId = memberId;
        this.agent = agent;
        this.incarnation = incarnation;
        this.settings = settings;
        this.held = new HeldLease(rules, settings.leaseNs());
        this.given = new GivenLease(rules, settings);
        this.sinceNs = nowNs;
        this.nextBeatNs = nowNs;
    }

    int memberId()
    {
        return memberId;
    }

    int agent()
    {
        return agent;
    }

    long incarnation()
    {
        return incarnation;
    }

    HeldLease held()
    {
        return held;
    }

    GivenLease given()
    {
        return given;
    }

    /**
     * @param newIncarnation of the peer, as the control plane says.
     * @param nowNs          when that was learnt.
     */
    void life(final long newIncarnation, final long nowNs)
    {
        if (newIncarnation != incarnation)
        {
            incarnation = newIncarnation;
            sinceNs = nowNs;
            held.reset();
            given.onLife();
            heardAnswerNs = Leases.NONE;
            heardSentNs = Leases.NONE;
            following.reset();
            isControlReachable = false;
            owesAnswer = false;
            roomGiven = 0;
            room = Leases.FOR_EVER;
            roomSentAtNs = Leases.NONE;
        }
    }

    /**
     * @param wanted whether this agent asks for a lease.
     * @param nowNs  of the node's monotonic clock.
     */
    void want(final boolean wanted, final long nowNs)
    {
        if (wanted && !isWanted)
        {
            nextBeatNs = nowNs;
            sinceNs = nowNs;
        }
        isWanted = wanted;
    }

    boolean isWanted()
    {
        return isWanted;
    }

    void onBeat(
        final long sentAtNs,
        final long peerVersion,
        final long heardAgoNs,
        final boolean reachesControl,
        final long appliedVersion,
        final long nowNs)
    {
        heardSentNs = Math.max(heardSentNs, sentAtNs);
        following.onVersion(peerVersion, appliedVersion, nowNs);
        isControlReachable = reachesControl;
        isAnswerGrant = following.isKeepingUp(nowNs) &&
            given.onBeat(heardAgoNs, nowNs - sinceNs < settings.graceNs(), nowNs);
        answerSentAtNs = sentAtNs;
        owesAnswer = true;
    }

    void onAnswer(
        final long sentAtNs,
        final long peerVersion,
        final long peerRoom,
        final boolean isGranted,
        final long appliedVersion,
        final long nowNs)
    {
        heardAnswerNs = nowNs;
        following.onVersion(peerVersion, appliedVersion, nowNs);
        if (sentAtNs >= roomSentAtNs)
        {
            roomSentAtNs = sentAtNs;
            room = peerRoom;
        }
        if (isGranted)
        {
            held.onAnswer(sentAtNs, nowNs, peerVersion, appliedVersion);
        }
    }

    /**
     * @return how many messages left.
     */
    int work(final BeatCodec codec, final long appliedVersion, final boolean reachesControl, final long nowNs)
    {
        int work = 0;
        if (owesAnswer && codec.sendAnswer(this, answerSentAtNs, appliedVersion, roomGiven, isAnswerGrant))
        {
            owesAnswer = false;
            work++;
        }
        if (isWanted && nowNs - nextBeatNs >= 0)
        {
            final long heardAgoNs = heardAnswerNs == Leases.NONE ? -1 : nowNs - heardAnswerNs;
            if (codec.sendBeat(this, nowNs, appliedVersion, heardAgoNs, reachesControl))
            {
                nextBeatNs = nowNs + settings.beatNs();
                work++;
            }
        }

        return work;
    }

    /**
     * @param replica of a partition at this peer.
     * @param nowNs   of the node's monotonic clock.
     * @return whether it must know by now that it has no lease from here.
     */
    boolean isSilent(final Replica replica, final long nowNs)
    {
        return replica.incarnation() < incarnation && given.isFormerOver(nowNs) ||
            replica.incarnation() == incarnation && nowNs - sinceNs >= settings.graceNs() && given.isOver(nowNs);
    }

    /**
     * @param replica of a partition at this peer.
     * @param nowNs   of the node's monotonic clock.
     * @return whether it is of no use to a primary here: it lives another life, is silent, or gives no lease.
     */
    boolean isFailing(final Replica replica, final long nowNs)
    {
        final long heldUntilNs = Math.max(held.expectedUntilNs(), sinceNs + settings.leaseNs());
        return replica.incarnation() < incarnation || isSilent(replica, nowNs) ||
            replica.incarnation() == incarnation && nowNs - heldUntilNs >= settings.graceNs() - settings.leaseNs();
    }

    /**
     * @param nowNs of the node's monotonic clock.
     * @return whether it says that it reaches the control plane, and said so lately.
     */
    boolean isWayToControl(final long nowNs)
    {
        return isControlReachable && heardAnswerNs != Leases.NONE && nowNs - heardAnswerNs <= settings.leaseNs();
    }

    /**
     * @return time of its clock when it sent the last beat that came, {@link Leases#NONE} if none did.
     */
    long heardSentNs()
    {
        return heardSentNs;
    }

    /**
     * @return latest version of the control plane's state that it said to have.
     */
    long version()
    {
        return following.version();
    }

    /**
     * @param pages that the peer is told are free here.
     */
    void giveRoom(final long pages)
    {
        roomGiven = pages;
    }

    /**
     * @return pages that the peer said it has free, in its answer to the latest beat.
     */
    long room()
    {
        return room;
    }
}
