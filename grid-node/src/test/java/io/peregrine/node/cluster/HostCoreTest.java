package io.peregrine.node.cluster;

import io.peregrine.node.control.ControlCode;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.Member;
import io.peregrine.node.control.MemberStatus;
import io.peregrine.node.control.NodeVersion;
import io.peregrine.node.control.wire.HostImage;
import io.peregrine.node.control.wire.HostMessage;
import io.peregrine.node.control.wire.MalformedException;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

class HostCoreTest
{
    private static final long GRID = 77;

    private static final long NAME = Seeds.hashOf("grid");

    private final HostCore core = new HostCore(NAME);

    private ControlCode hello(
        final long session, final String key, final long startId, final long former, final long gridId,
        final long version)
    {
        return core.onHello(
            session,
            new HostMessage.Hello(0, NodeVersion.CURRENT, gridId, version, startId, former, 1_000, NAME, key),
            session);
    }

    private ControlCode found(final long session)
    {
        return core.onCommand(session, new ControlCommand.Found(SeedGrid.SETTINGS, GRID), 10).code();
    }

    private ControlCode join(final long session, final String key, final long startId)
    {
        final long after = core.view().members().stream()
            .filter(member -> member.key().equals(key)).mapToLong(Member::incarnation).findFirst().orElse(0);
        return core.onCommand(
            session, new ControlCommand.Join(key, "", 1, "", 1, startId, after), 20).code();
    }

    private void foundedWith(final String key, final long startId)
    {
        assertEquals(ControlCode.OK, hello(1, key, startId, -1, 0, 0));
        assertEquals(ControlCode.OK, found(1));
        assertEquals(ControlCode.OK, join(1, key, startId));
    }

    @Test
    void shouldFoundNoGridBesideANodeThatRemembersOne()
    {
        hello(1, "a", 5, -1, 0, 0);
        hello(2, "b", 6, -1, 99, 12);
        assertEquals(ControlCode.OTHER_GRID, found(1));
        core.onClosed(2, 15);
        assertEquals(ControlCode.OK, found(1));
        assertEquals(GRID, core.view().gridId());
    }

    @Test
    void shouldNotHearWhoRemembersMoreOrAnotherGrid()
    {
        foundedWith("a", 5);
        final long version = core.view().version();
        assertEquals(ControlCode.OTHER_GRID, hello(2, "b", 6, -1, 99, 1));
        assertEquals(ControlCode.OTHER_GRID, hello(2, "b", 6, -1, GRID, version + 1));
        assertEquals(ControlCode.OTHER_GRID, join(2, "b", 6));
        assertEquals(ControlCode.OK, hello(2, "b", 6, -1, GRID, version));
        assertEquals(ControlCode.OK, join(2, "b", 6));
    }

    @Test
    void shouldNotHearWhoIsToBeInAGridOfAnotherName()
    {
        foundedWith("a", 5);
        final HostMessage.Hello stranger =
            new HostMessage.Hello(0, NodeVersion.CURRENT, 0, 0, 6, -1, 1_000, Seeds.hashOf("other"), "b");
        assertEquals(ControlCode.OTHER_NAME, core.onHello(2, stranger, 2));
        assertEquals(ControlCode.OTHER_GRID, join(2, "b", 6), "it has no say");
        assertEquals(ControlCode.OK, hello(2, "b", 6, -1, 0, 0));
        assertEquals(ControlCode.OTHER_NAME, core.onHello(2, stranger, 3));
        assertEquals(ControlCode.OTHER_GRID, join(2, "b", 6), "it has no say any more");
    }

    @Test
    void shouldNotHearWhoIsOfAnotherVersion()
    {
        foundedWith("a", 5);
        for (final long version : new long[]{0, NodeVersion.CURRENT - 1, NodeVersion.CURRENT + 1})
        {
            final HostMessage.Hello other = new HostMessage.Hello(0, version, 0, 0, 6, -1, 1_000, NAME, "b");
            assertEquals(ControlCode.OTHER_VERSION, core.onHello(2, other, 2));
            assertEquals(ControlCode.OTHER_GRID, join(2, "b", 6), "it has no say");
            assertEquals(ControlCode.OTHER_VERSION, core.onHello(2, HostMessage.Hello.ofVersion(0, version), 2));
        }
        assertEquals(ControlCode.OK, hello(2, "b", 6, -1, 0, 0));
        assertEquals(ControlCode.OTHER_VERSION, core.onHello(2, HostMessage.Hello.ofVersion(0, 17), 3));
        assertEquals(ControlCode.OTHER_GRID, join(2, "b", 6), "it has no say any more");
    }

    @Test
    void shouldGiveANameToAnotherLifeOnlyWhenTheFormerIsSurelyOver()
    {
        foundedWith("a", 5);
        hello(2, "a", 6, -1, 0, 0);
        assertEquals(ControlCode.NAME_TAKEN, join(2, "a", 6));
        hello(3, "a", 7, 4, GRID, 1);
        assertEquals(ControlCode.NAME_TAKEN, join(3, "a", 7), "it remembers an earlier life");
        hello(3, "a", 7, 5, GRID, 1);
        assertEquals(ControlCode.OK, join(3, "a", 7), "it has the directory of the former life");
        core.onClosed(3, 30);
        assertEquals(ControlCode.OK, join(2, "a", 6));
    }

    @Test
    void shouldReplaceWhoIsNotHeardAndTakeItInAgain()
    {
        foundedWith("a", 5);
        hello(2, "a", 5, -1, GRID, 1);
        assertNull(core.onClosed(1, 30), "it has another session");
        final Member silent = core.onClosed(2, 40);
        assertEquals("a", silent.key());
        core.decide(core.onAbsent(silent.id()), 50);
        assertEquals(MemberStatus.ABSENT, core.view().members().get(0).status());
        assertNull(core.onAbsent(silent.id()));

        hello(3, "a", 5, -1, GRID, 1);
        core.decide(core.returned(3), 60);
        assertEquals(MemberStatus.LIVE, core.view().members().get(0).status());
        assertNull(core.onAbsent(silent.id()), "it is heard");
        assertNull(core.onAbsent(17));
    }

    @Test
    void shouldBeTheSameAfterASnapshot() throws MalformedException
    {
        foundedWith("a", 5);
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final HostImage image = HostImage.decode(buffer, core.image().encode(buffer));
        assertEquals(core.image().timeNs(), image.timeNs());
        assertEquals(core.image().lastStamp(), image.lastStamp());
        assertEquals(core.view().digest(), image.view().digest());
        final HostCore loaded = new HostCore(NAME, image);
        assertNotNull(loaded.onClosed(1, 30), "it knows who has a session");
    }

    @Test
    void shouldLetTimePassOnlyWhileOneLeads()
    {
        final GridTime time = new GridTime(0, 0);
        time.onLeader(1_000_000);
        assertEquals(5, time.onStamp(1_000_005));
        assertEquals(5, time.onStamp(1_000_001), "never back");
        time.onLeader(9_000_000);
        assertEquals(5, time.onStamp(9_000_000), "another clock is no time");
        assertEquals(7, time.onStamp(9_000_002));
        time.onLeader(10);
        assertEquals(8, time.onStamp(11));
        assertFalse(time.timeNs() > 8);
    }
}
