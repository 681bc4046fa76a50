package io.peregrine.node.partition;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.RedirectDecoder;
import io.peregrine.client.codec.RefusalDecoder;
import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.partition.Requests.Op;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

/**
 * What those are told whose requests come while another member leads.
 */
class RedirectTest
{
    private static final long SECOND = 1_000_000_000L;
    private static final int OTHER_MEMBER = 77;

    private final Bench bench = new Bench(16 << 20, false);
    private final int map = bench.define("map", 0, 0);

    @AfterEach
    void close()
    {
        bench.close();
    }

    @Test
    void shouldSayWhoLeadsWhenAnotherMemberDoes()
    {
        final long epoch = lead(OTHER_MEMBER);
        bench.takeRedirects();
        bench.deliver(bench.requests.read(1, map, "k"));
        final RedirectDecoder redirect = bench.redirect();
        assertEquals(RedirectDecoder.TEMPLATE_ID, bench.template());
        assertEquals(OTHER_MEMBER, redirect.primary());
        assertEquals(epoch, redirect.epoch());
        assertEquals(1, redirect.partition());
        assertEquals(AnswerKind.REFUSED, redirect.kind());
        assertEquals(bench.control.view().version() + 50, redirect.tableVersion());
    }

    @Test
    void shouldRefuseThoseWhoDoNotUnderstandRedirects()
    {
        lead(OTHER_MEMBER);
        assertFalse(bench.deliver(bench.requests.read(1, map, "k")));
        assertEquals(Reason.NOT_SERVING, bench.reason());
        assertEquals(AnswerKind.REFUSED, bench.refusal().kind());
    }

    @Test
    void shouldRedirectRequestWithNumberWhenItsEntryIsInTheLogAndTheLeadIsLost()
    {
        final long session = bench.openSession(1, SECOND);
        bench.deliver(bench.requests.command(1, new Op(map, "k")));
        bench.takeRedirects();
        bench.decide(1, 2, 0, OTHER_MEMBER);
        bench.requests.session(session, 1, 1);
        assertEquals(0, bench.answersTo(bench.requests.command(1, new Op(map, "k"))));
        lead(OTHER_MEMBER);
        assertEquals(1, bench.answers());
        assertEquals(RedirectDecoder.TEMPLATE_ID, bench.template());
        assertEquals(AnswerKind.UNKNOWN, bench.redirect().kind());
        assertEquals(OTHER_MEMBER, bench.redirect().primary());
    }

    @Test
    void shouldSayUnknownToRequestWithoutNumberWhenItsEntryIsInTheLogAndTheLeadIsLost()
    {
        bench.deliver(bench.requests.command(1, new Op(map, "k")));
        bench.takeRedirects();
        bench.decide(1, 2, 0, OTHER_MEMBER);
        assertEquals(0, bench.answersTo(bench.requests.command(1, new Op(map, "k"))));
        lead(OTHER_MEMBER);
        assertEquals(RefusalDecoder.TEMPLATE_ID, bench.template());
        assertEquals(AnswerKind.UNKNOWN, bench.refusal().kind());
    }

    @Test
    void shouldSayThatASessionIsOpenOnceItsEntryIsCommitted()
    {
        bench.decide(1, 2, 0, OTHER_MEMBER);
        assertEquals(0, bench.answersTo(bench.requests.openSession(1, SECOND)));
        bench.decide(1, 3, 0);
        assertEquals(1, bench.answers());
        assertEquals(1, bench.partitions.sessions());
    }

    @Test
    void shouldHaveAReadAskedAgainWhileTheExpiryOfItsEntryIsNotCommitted()
    {
        bench.deliver(bench.requests.command(1, new Op(map, "k").ttl(SECOND)));
        bench.takeRedirects();
        bench.decide(1, 2, 0, OTHER_MEMBER);
        bench.nowNs += SECOND;
        for (int i = 0; i < 2; i++)
        {
            bench.deliver(bench.requests.read(1, map, "k"));
            assertEquals(RedirectDecoder.TEMPLATE_ID, bench.template());
            assertEquals(AnswerKind.REFUSED, bench.redirect().kind());
            assertEquals(0, bench.redirect().primary());
        }
        bench.decide(1, 3, 0);
        assertNull(bench.read(1, map, "k"));
    }

    @Test
    void shouldHaveARequestAskedAgainForAMapThatIsNotKnownHereYet()
    {
        bench.control.decide(new ControlCommand.Join("other", "host:1", 1, "", 1, 5, 0));
        bench.partitions.onControl(bench.control.view(), bench.nowNs);
        bench.takeRedirects();
        assertEquals(map + 1, structureOf(bench.requests.read(1, map + 1, "k")));
        assertEquals(map + 1, structureOf(bench.requests.batch(1, List.of(new Op(map + 1, "k")))));
        assertEquals(map + 1, structureOf(bench.requests.clear(1, map + 1)));
        bench.deliver(bench.requests.command(1, new Op(map + 1, "k")));
        assertEquals(RedirectDecoder.TEMPLATE_ID, bench.template());
        assertEquals(AnswerKind.REFUSED, bench.redirect().kind());
        bench.drop(map);
        assertFalse(bench.deliver(bench.requests.command(1, new Op(map, "k"))));
        assertEquals(Reason.DESTROYED, bench.reason());
    }

    private int structureOf(final int length)
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(bench.requests.buffer, 0);
        return Addresses.structure(header, bench.requests.buffer, 0, length);
    }

    /**
     * @return the epoch under which a member leads partition 1 from now on.
     */
    private long lead(final int member)
    {
        final ControlView view = bench.control.view();
        final List<Assignment> assignments = new ArrayList<>(view.assignments());
        final long epoch = assignments.get(1).epoch() + 5;
        assignments.set(1, new Assignment(epoch, member, List.of(), 0));
        bench.partitions.onControl(
            new ControlView(
                view.version() + 50, view.timeNs(), view.gridId(), view.settings(), view.members(), assignments,
                view.plan(), view.structures()),
            bench.nowNs);
        return epoch;
    }
}
