package io.peregrine.client.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.transport.link.ClientLink;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Which of several nodes a client keeps to, in time driven by hand.
 */
class RoadsTest
{
    private static final long REST_NS = 100;

    private final FakeCarriers carriers = new FakeCarriers();
    private final Roads roads = roads("one:1,two:2,ipc:three");
    private ClientLink[] links;
    private long nowNs = 1_000;

    @Test
    void shouldKeepToTheFirstThatAnswers()
    {
        connect("two:2", 2);
        assertEquals(List.of("udp"), carriers.kinds());
        assertEquals(List.of("two:2 0", "two:2 1"), carriers.linked());
        carriers.nodes.put("one:1", 1L);
        work(10 * REST_NS);
        assertEquals(List.of("two:2 0", "two:2 1"), carriers.linked());
    }

    @Test
    void shouldAskTheOthersWhenItsNodeIsLost()
    {
        connect("two:2", 2);
        lose();
        work(REST_NS - 1);
        assertEquals(2, carriers.links.size(), "asked before it had rested");
        work(1);
        assertEquals(List.of("two:2 0", "two:2 1", "one:1 0", "ipc:three 0"), carriers.linked());
        carriers.nodes.put("ipc:three", 3L);
        work(1);
        assertEquals(List.of("ipc:three"), carriers.kinds());
        assertEquals(List.of("ipc:three 0", "ipc:three 1"), carriers.linked());
        work(1);
        assertEquals(3, links[0].connection().gridId());
        assertEquals(3, links[1].connection().gridId());
        lose();
        carriers.nodes.put("one:1", 1L);
        work(REST_NS);
        work(1);
        assertEquals(1, links[1].connection().gridId());
    }

    @Test
    void shouldKeepToItsNodeWhenThatAnswersFirst()
    {
        connect("two:2", 1);
        lose();
        work(REST_NS);
        assertEquals(3, carriers.links.size());
        carriers.nodes.put("two:2", 9L);
        work(1);
        work(1);
        assertEquals(9, links[0].connection().gridId());
        assertEquals(List.of("two:2 0"), carriers.linked());
        assertEquals(List.of("udp"), carriers.kinds());
        lose();
        work(REST_NS - 1);
        assertEquals(1, carriers.links.size(), "asked before it had rested");
    }

    @Test
    void shouldKeepToItsNodeAsLongAsOneOfItsAgentsIsReached()
    {
        connect("two:2", 2);
        carriers.links.get(0).close();
        work(0);
        work(2 * REST_NS);
        assertNull(links[0].connection());
        assertEquals(List.of("two:2 1"), carriers.linked());
    }

    @Test
    void shouldNotGoOverToANodeThatDoesNotFit()
    {
        connect("two:2", 1);
        roads.onlyWhere((connection) -> connection.gridId() != 1);
        lose();
        carriers.nodes.put("one:1", 1L);
        work(REST_NS);
        work(1);
        work(1);
        assertNull(links[0].connection());
        carriers.nodes.put("ipc:three", 3L);
        work(1);
        work(1);
        assertEquals(3, links[0].connection().gridId());
    }

    @Test
    void shouldGoOnWithTheOthersWhenAnAddressCannotBeAsked()
    {
        carriers.broken.put("udp", "no room");
        roads.onlyWhere((connection) -> true);
        roads.look(nowNs);
        work(0);
        assertFalse(roads.isHopeless());
        assertEquals("one:1: no room; two:2: no room; ipc:three: nobody there", roads.problem());
        carriers.broken.clear();
        carriers.nodes.put("one:1", 1L);
        work(1);
        assertFalse(roads.isSettled());
        work(TimeUnit.SECONDS.toNanos(1));
        assertTrue(roads.isSettled());
        assertEquals(List.of("udp"), carriers.kinds());
    }

    @Test
    void shouldGiveEverythingBackWhenNoAddressCanBeAsked()
    {
        carriers.linksFail = true;
        assertEquals("no link", assertThrows(IllegalStateException.class, () -> roads.look(nowNs)).getMessage());
        roads.close();
        assertEquals(List.of(), carriers.kinds());
    }

    @Test
    void shouldNeverLookForAnotherWhereThereIsOneAddress()
    {
        final Roads single = roads("one:1");
        single.onlyWhere((connection) -> true);
        carriers.nodes.put("one:1", 1L);
        single.look(nowNs);
        single.work(nowNs);
        assertTrue(single.isSettled());
        carriers.nodes.clear();
        carriers.links.get(0).work(nowNs);
        for (int i = 0; i < 3; i++)
        {
            nowNs += 10 * REST_NS;
            single.work(nowNs);
        }
        assertEquals(List.of("one:1 0"), carriers.linked());
    }

    private Roads roads(final String addresses)
    {
        return new Roads(Address.list(addresses), carriers::make, () -> REST_NS);
    }

    private void connect(final String address, final int agents)
    {
        carriers.nodes.put(address, 2L);
        roads.onlyWhere((connection) -> true);
        roads.look(nowNs);
        assertEquals(3, carriers.links.size());
        links = new ClientLink[0];
        work(0);
        assertTrue(roads.isSettled());
        links = new ClientLink[agents];
        for (int i = 0; i < agents; i++)
        {
            links[i] = roads.open(i);
        }
        work(0);
    }

    /**
     * All nodes end, and that is seen.
     */
    private void lose()
    {
        carriers.nodes.clear();
        work(0);
        work(0);
    }

    /**
     * As a port does it.
     */
    private void work(final long stepNs)
    {
        nowNs += stepNs;
        roads.work(nowNs);
        if (links != null)
        {
            for (final ClientLink link : links)
            {
                link.work(nowNs);
            }
        }
    }
}
