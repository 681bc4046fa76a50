package io.peregrine.perf.sim.fault;

import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.replication.PeerSink;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.perf.sim.grid.Machine;
import io.peregrine.perf.sim.grid.Places;
import io.peregrine.perf.sim.grid.SimGrid;
import io.peregrine.perf.sim.world.Network;
import io.peregrine.perf.sim.world.Timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Faults of every kind, drawn one by one. Each ends by itself or when all heal.
 */
final class Faults
{
    private static final long MILLI = 1_000_000;
    private static final long MINUTE = 60_000 * MILLI;
    private static final long LEASE = ReplicationSettings.defaults().leaseNs();
    private static final long LATE_NS = 10 * MILLI;
    private static final int READINGS = 12;
    private static final int KINDS = 28;
    private static final int CLIENTS = 4;

    private final SimGrid grid;
    private final Timeline timeline;
    private final SplittableRandom random;
    private final Network network;
    private final List<Runnable> cures = new ArrayList<>();

    Faults(final SimGrid grid, final SplittableRandom random)
    {
        this.grid = grid;
        this.timeline = grid.timeline();
        this.random = random;
        this.network = grid.network();
    }

    /**
     * @param stormNs length of the storm.
     */
    void begin(final long stormNs)
    {
        final long length = 1 + random.nextLong(stormNs);
        switch (random.nextInt(KINDS))
        {
            case 0, 1 -> restart(length);
            case 2, 3 -> any().pause(pauseNs());
            case 4 -> any().stall(1 + random.nextInt(READINGS), LEASE / 5 + random.nextLong(4 * LEASE));
            case 5 -> any().wedge(random.nextInt(Places.MAX_AGENTS), length);
            case 6 -> any().slow(MILLI + random.nextLong(30 * MILLI), length);
            case 7, 8 -> cut(place(), place(), true, length);
            case 9 -> cut(place(), place(), false, length);
            case 10 -> isolate(random.nextInt(grid.machines().length), length);
            case 11 -> breakStreams(length);
            case 12 -> choke(length);
            case 13 -> weather();
            case 14 -> changeLeader(length);
            case 15 -> failHost(length);
            case 16, 17 -> cut(client(), random.nextInt(grid.machines().length), random.nextBoolean(), length);
            case 18 -> cut(random.nextInt(grid.machines().length), client(), false, length);
            case 19 -> strand(random.nextInt(grid.machines().length), length);
            case 20, 21 -> strandUntilReplaced(random.nextInt(grid.machines().length), length);
            case 22, 23 -> deafen(random.nextInt(grid.machines().length), length);
            case 24 -> changeCopies();
            case 25 -> grid.host().onNextHandOver((member) -> deafen(grid.machineOf(member).index(), length));
            case 26 -> strand(random.nextInt(grid.machines().length), length);
            default -> holdStreams(length);
        }
    }

    /**
     * All that is broken is whole again.
     */
    void healAll()
    {
        grid.trace().line("storm", "is over");
        final List<Runnable> now = new ArrayList<>(cures);
        cures.clear();
        now.forEach(Runnable::run);
        network.weather().clear();
        for (final Machine machine : grid.machines())
        {
            machine.heal();
            machine.start();
        }
    }

    /**
     * As above, and none begins any more.
     */
    void end()
    {
        grid.host().expectNothing();
        healAll();
    }

    private Machine any()
    {
        return grid.machines()[random.nextInt(grid.machines().length)];
    }

    /**
     * A machine, or now and then the control plane.
     */
    private int place()
    {
        final int drawn = random.nextInt(grid.machines().length + 1);
        return drawn == grid.machines().length ? Places.HOST : drawn;
    }

    private int client()
    {
        return Places.FIRST_CLIENT + random.nextInt(CLIENTS);
    }

    private long pauseNs()
    {
        return random.nextInt(20) == 0 ?
            MINUTE + random.nextLong(MINUTE) : LEASE / 5 + random.nextLong(10 * LEASE);
    }

    private void restart(final long lengthNs)
    {
        final Machine machine = any();
        machine.crash();
        timeline.after(lengthNs, machine::start);
    }

    private void cut(final int one, final int other, final boolean isBothWays, final long lengthNs)
    {
        if (one != other)
        {
            final boolean lossy = random.nextBoolean();
            grid.trace().line("network", "cut %d -> %d%s%s", one, other, isBothWays ? " and back" : "",
                lossy ? ", what is sent is lost" : "");
            cutOneWay(one, other, lossy, lengthNs);
            if (isBothWays)
            {
                cutOneWay(other, one, lossy, lengthNs);
            }
        }
    }

    private void cutOneWay(final int from, final int to, final boolean lossy, final long lengthNs)
    {
        network.cut(from, to, lossy);
        cure(lengthNs, () -> network.heal(from, to));
    }

    /**
     * After a while, or when all heals.
     */
    private void cure(final long lengthNs, final Runnable action)
    {
        final boolean[] isOver = new boolean[1];
        final Runnable cure = () ->
        {
            if (!isOver[0])
            {
                isOver[0] = true;
                action.run();
            }
        };
        cures.add(cure);
        timeline.after(lengthNs, cure);
    }

    private void isolate(final int machine, final long lengthNs)
    {
        final boolean isHostToo = random.nextBoolean();
        for (int other = 0; other < grid.machines().length; other++)
        {
            cut(machine, other, true, lengthNs);
        }
        if (isHostToo)
        {
            cut(machine, Places.HOST, true, lengthNs);
        }
    }

    /**
     * Clients reach a machine, and nobody else does.
     */
    private void strand(final int machine, final long lengthNs)
    {
        for (int other = 0; other < grid.machines().length; other++)
        {
            cut(machine, other, true, lengthNs);
        }
        cut(machine, Places.HOST, true, lengthNs);
    }

    /**
     * As above, and the machine is back in the moment in which somebody has taken its place. What it sent comes then,
     * or what was sent to it: it may be one that is heard, and hears nothing.
     */
    private void strandUntilReplaced(final int machine, final long lengthNs)
    {
        final List<Runnable> before = List.copyOf(cures);
        final boolean lossy = random.nextBoolean();
        final boolean isHeard = !lossy && lengthNs % 2 == 0;
        grid.trace().line("network", "cut %d off until it is replaced%s", machine,
            lossy ? ", lossy" : isHeard ? ", but it is heard" : "");
        for (int other = 0; other < grid.machines().length; other++)
        {
            if (other != machine)
            {
                cutOneWay(other, machine, lossy, lengthNs);
            }
            if (other != machine && !isHeard)
            {
                cutOneWay(machine, other, lossy, lengthNs);
            }
        }
        cutOneWay(machine, Places.HOST, true, lengthNs);
        cutOneWay(Places.HOST, machine, true, lengthNs);
        final List<Runnable> own = new ArrayList<>(cures);
        own.removeAll(before);
        final long lateNs = random.nextLong(LATE_NS);
        grid.host().onNextDecision(() -> timeline.after(lateNs, () -> own.forEach(Runnable::run)));
    }

    /**
     * An operator wants another number of copies.
     */
    private void changeCopies()
    {
        final int copies = 1 + random.nextInt(Math.min(grid.machines().length, 3));
        grid.host().decide(new ControlCommand.SetCopies(copies, Math.min(copies, 1 + random.nextInt(2))));
    }

    /**
     * A machine goes on getting beats, and learns nothing of what is decided.
     */
    private void deafen(final int machine, final long lengthNs)
    {
        cut(Places.HOST, machine, false, lengthNs);
        for (int other = 0; other < grid.machines().length; other++)
        {
            if (other != machine)
            {
                hold(other, machine, PeerSink.Stream.BULK, lengthNs);
                hold(other, machine, PeerSink.Stream.DATA, lengthNs);
            }
        }
    }

    private void holdStreams(final long lengthNs)
    {
        final PeerSink.Stream[] kinds = PeerSink.Stream.values();
        final int from = random.nextInt(grid.machines().length);
        final int to = random.nextInt(grid.machines().length);
        hold(from, to, kinds[random.nextInt(kinds.length)], lengthNs);
    }

    private void hold(final int from, final int to, final PeerSink.Stream kind, final long lengthNs)
    {
        grid.trace().line("network", "%s from %d to %d come later", kind, from, to);
        for (int agents = 0; agents < Places.MAX_AGENTS * Places.MAX_AGENTS; agents++)
        {
            final int channel =
                Places.peerChannel(agents / Places.MAX_AGENTS, agents % Places.MAX_AGENTS, kind);
            network.hold(from, to, channel);
            cure(lengthNs, () -> network.release(from, to, channel));
        }
    }

    private void breakStreams(final long lengthNs)
    {
        final int one = place();
        final int other = place();
        grid.trace().line("network", "streams between %d and %d break", one, other);
        network.breakStreams(one, other, random.nextBoolean() ? 0 : random.nextLong(lengthNs));
    }

    private void choke(final long lengthNs)
    {
        final int from = place();
        final int to = place();
        grid.trace().line("network", "streams from %d to %d have no room", from, to);
        network.choke(from, to, random.nextLong(lengthNs));
    }

    private void weather()
    {
        grid.trace().line("network", "bad weather");
        network.weather().delays(MILLI / 10 + random.nextLong(20 * MILLI), random.nextInt(50));
        network.weather().mischief(random.nextInt(100), random.nextInt(100), random.nextInt(100));
    }

    private void changeLeader(final long lengthNs)
    {
        grid.trace().line("control", "changes its leader for %d ms", lengthNs / MILLI);
        grid.host().changeLeader(lengthNs);
    }

    private void failHost(final long lengthNs)
    {
        grid.trace().line("control", "fails for %d ms", lengthNs / MILLI);
        grid.host().fail(lengthNs);
    }
}
