package io.peregrine.node.replication;

import io.peregrine.node.control.Change;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlState;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.GridSettings;
import io.peregrine.node.control.Replica;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PeerPairsTest
{
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final ReplicationSettings SETTINGS = ReplicationSettings.defaults();
    private static final long GRACE = SETTINGS.graceNs();

    private final ControlState state = new ControlState();
    private final Wire aToB = new Wire();
    private final Wire bToA = new Wire();
    private Replica replicaA;
    private Replica replicaB;
    private PeerPairs a;
    private PeerPairs b;
    private long nowNs = -5_000 * MS;
    private long cycleNs;

    @BeforeEach
    void setUp()
    {
        state.apply(new ControlCommand.Found(new GridSettings(1, 2, 1, 3, 100, 100, 1_000)), 0);
        replicaA = join("a", 0, 1);
        replicaB = join("b", 0, 2);
        a = pairs(replicaA, aToB);
        b = pairs(replicaB, bToA);
        a.onControl(state.view(), nowNs);
        b.onControl(state.view(), nowNs);
    }

    @Test
    void shouldGiveLeasesBothWays()
    {
        final long startNs = nowNs;
        run(10);
        assertTrue(a.leaseUntilNs(1, 0) >= startNs + SETTINGS.leaseNs());
        assertTrue(b.leaseUntilNs(0, 0) >= startNs + SETTINGS.leaseNs());
        assertTrue(b.grantOverNs(0, 0) >= a.leaseUntilNs(1, 0) + SETTINGS.marginNs());
        run(2_000);
        assertTrue(a.leaseUntilNs(1, 0) > nowNs);
        assertTrue(nowNs + SETTINGS.leaseNs() >= a.leaseUntilNs(1, 0));
        assertFalse(a.isFailing(replicaB, 0, nowNs));
        assertFalse(b.isSilent(replicaA, 0, nowNs));
    }

    @Test
    void shouldNotFallSilentBeforeTheHoldersLeaseIsOver()
    {
        run(1_000);
        while (!b.isSilent(replicaA, 0, nowNs))
        {
            nowNs += MS;
            a.work(nowNs);
            b.work(nowNs);
            aToB.clear();
            deliver(bToA, a);
        }
        assertTrue(a.leaseUntilNs(1, 0) < nowNs - SETTINGS.marginNs());
    }

    @Test
    void shouldTakeAPeerForSilentThatHearsNoAnswers()
    {
        run(1_000);
        final long cutNs = nowNs;
        while (!b.isSilent(replicaA, 0, nowNs))
        {
            assertTrue(nowNs - cutNs < 2 * GRACE, "takes too long");
            nowNs += MS;
            a.work(nowNs);
            deliver(aToB, b);
            bToA.clear();
        }
        assertTrue(a.leaseUntilNs(1, 0) < nowNs);
        assertTrue(a.isFailing(replicaB, 0, nowNs));
        run(500);
        assertFalse(b.isSilent(replicaA, 0, nowNs));
        assertTrue(a.leaseUntilNs(1, 0) > nowNs);
    }

    @Test
    void shouldGiveNothingWhileReplacing()
    {
        run(1_000);
        final long overNs = b.grantOverNs(0, 0);
        b.replacing(0, 0, true);
        run(1_000);
        assertEquals(overNs, b.grantOverNs(0, 0));
        assertTrue(a.leaseUntilNs(1, 0) < nowNs);
        assertTrue(a.isFailing(replicaB, 0, nowNs), "gives no lease for ever");
        b.replacing(0, 0, false);
        run(200);
        assertTrue(a.leaseUntilNs(1, 0) > nowNs);
    }

    @Test
    void shouldRenewNothingByAnAnswerOfALaterVersion()
    {
        run(1_000);
        final long untilNs = a.leaseUntilNs(1, 0);
        final ControlView later = change(replicaA, replicaA, replicaB);
        b.onControl(later, nowNs);
        run(300);
        assertTrue(a.leaseUntilNs(1, 0) <= untilNs + SETTINGS.beatNs());
        assertFalse(a.isFailing(replicaB, 0, nowNs));
        a.onControl(later, nowNs);
        assertTrue(a.leaseUntilNs(1, 0) > nowNs);
    }

    @Test
    void shouldCountNothingOfAFormerLifeOfThePeer()
    {
        change(replicaA, replicaA, replicaB);
        a.onControl(state.view(), nowNs);
        b.onControl(state.view(), nowNs);
        run(1_000);
        b.work(nowNs + SETTINGS.beatNs());
        final Replica again = join("b", replicaB.incarnation(), 3);
        a.onControl(state.view(), nowNs);
        assertEquals(Leases.NONE, a.leaseUntilNs(1, 0));
        assertTrue(a.isFailing(replicaB, 0, nowNs));
        assertFalse(a.isFailing(again, 0, nowNs));
        assertFalse(a.isSilent(replicaB, 0, nowNs), "the former life may have a lease");
        final long overNs = a.grantOverNs(1, 0);
        deliver(bToA, a);
        assertEquals(overNs, a.grantOverNs(1, 0), "a beat of the former life was taken");
        assertEquals(Leases.NONE, a.heardNs(1, 0));
    }

    @Test
    void shouldGiveANewLifeNothingUntilTheFormerOneKnowsThatItHasNoLease()
    {
        run(1_000);
        final Replica again = join("b", replicaB.incarnation(), 3);
        b = pairs(again, bToA);
        a.onControl(state.view(), nowNs);
        b.onControl(state.view(), nowNs);
        final long overNs = a.grantOverNs(1, 0);
        while (nowNs < overNs - MS)
        {
            run(1);
            assertEquals(Leases.NONE, b.leaseUntilNs(0, 0));
            assertFalse(a.isSilent(replicaB, 0, nowNs));
        }
        run(200);
        assertTrue(b.leaseUntilNs(0, 0) > nowNs);
        assertTrue(a.isSilent(replicaB, 0, nowNs));
        assertFalse(a.isSilent(again, 0, nowNs));
    }

    @Test
    void shouldCallNobodySilentRightAfterAPauseOfItsOwn()
    {
        run(1_000);
        nowNs += 10 * GRACE;
        b.work(nowNs);
        assertFalse(b.isSilent(replicaA, 0, nowNs));
        assertFalse(b.isFailing(replicaA, 0, nowNs));
        aToB.clear();
        nowNs += 2 * SETTINGS.beatNs();
        b.work(nowNs);
        assertTrue(b.isSilent(replicaA, 0, nowNs));
    }

    @Test
    void shouldSendWhatWasBackPressuredLaterAndForgetWhatHasNoWay()
    {
        aToB.refuse(PeerSink.BACK_PRESSURED);
        a.work(nowNs);
        aToB.refuse(0);
        assertEquals(1, a.work(nowNs));
        aToB.refuse(PeerSink.NOT_CONNECTED);
        nowNs += SETTINGS.beatNs();
        a.work(nowNs);
        aToB.refuse(0);
        assertEquals(0, a.work(nowNs));
        assertEquals(1, aToB.size());
    }

    @Test
    void shouldAnswerWhatWasBackPressured()
    {
        a.work(nowNs);
        bToA.refuse(PeerSink.BACK_PRESSURED);
        deliver(aToB, b);
        bToA.refuse(0);
        b.giveRoom(99);
        b.work(nowNs);
        deliver(bToA, a);
        assertEquals(nowNs + SETTINGS.leaseNs(), a.leaseUntilNs(1, 0));
        assertEquals(99, a.room(1, 0));
    }

    @Test
    void shouldBeatToNobodyWhenItsLifeIsOver()
    {
        join("a", replicaA.incarnation(), 3);
        a.onControl(state.view(), nowNs);
        assertEquals(0, a.work(nowNs + SETTINGS.beatNs()));
    }

    @Test
    void shouldNoteAGrantWhenItIsGivenAndNotWhenTheCycleBegan()
    {
        a.work(nowNs);
        cycleNs = 300 * MS;
        deliver(aToB, b);
        assertEquals(nowNs + cycleNs + GRACE, b.grantOverNs(0, 0));
    }

    @Test
    void shouldWaitForFormerLivesWhateverAgentsTheyHad()
    {
        run(1_000);
        final long overNs = b.grantOverNs(0, 0);
        state.apply(new ControlCommand.Join("a", "", 1, "", 3, 9, replicaA.incarnation()), 0);
        b.onControl(state.view(), nowNs);
        assertEquals(overNs, b.grantOverNs(0, 2));
        assertFalse(b.isSilent(replicaA, 2, nowNs));
        run((int) (GRACE / MS) + 1);
        b.onControl(state.view(), nowNs);
        assertEquals(overNs, b.grantOverNs(0, 2));
    }

    @Test
    void shouldGiveNothingToWhoDoesNotFollowTheControlPlane()
    {
        run(1_000);
        b.onControl(change(replicaA, replicaA, replicaB), nowNs);
        run((int) (Following.PATIENCE_NS / MS) - 1);
        assertFalse(b.isSilent(replicaA, 0, nowNs));
        run((int) (GRACE / MS) + 200);
        assertTrue(b.isSilent(replicaA, 0, nowNs));
        a.onControl(state.view(), nowNs);
        run(200);
        assertFalse(b.isSilent(replicaA, 0, nowNs));
    }

    private Replica join(final String key, final long after, final long startId)
    {
        final ControlCommand.Join join = new ControlCommand.Join(key, "", 1, "", 1, startId, after);
        final int id = (int) state.apply(join, 0).number();
        return state.view().members().get(id).replica();
    }

    private ControlView change(final Replica proposer, final Replica... inSync)
    {
        final long epoch = state.view().assignments().get(0).epoch();
        assertTrue(state.apply(new ControlCommand.ChangePartitions(
            proposer, List.of(new Change(0, epoch, proposer.memberId(), List.of(inSync)))), 0).ok());
        return state.view();
    }

    private PeerPairs pairs(final Replica replica, final Wire out)
    {
        final Self self = new Self(replica.memberId(), replica.incarnation(), 0);
        final Replication replication = new Replication(
            SETTINGS, new Rules(), (memberId, agent) -> out, new Port(), () -> nowNs + cycleNs);
        return new PeerPairs(self, replication, new LoneLease(self), nowNs);
    }

    private void run(final int ms)
    {
        for (int i = 0; i < ms; i++)
        {
            nowNs += MS;
            a.work(nowNs);
            b.work(nowNs);
            deliver(aToB, b);
            deliver(bToA, a);
            deliver(aToB, b);
        }
    }

    private void deliver(final Wire wire, final PeerPairs to)
    {
        for (UnsafeBuffer message = wire.poll(); message != null; message = wire.poll())
        {
            Messages.deliver(message, to, nowNs);
        }
    }

    private static final class Port implements ControlPort
    {
        @Override
        public void submit(final ControlCommand command)
        {
            throw new AssertionError("nothing is to be proposed here");
        }

        @Override
        public boolean isReachable()
        {
            return true;
        }

        @Override
        public void learned(final ControlView view)
        {
            throw new AssertionError("nothing is told here");
        }
    }
}
