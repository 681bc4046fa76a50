package io.peregrine.client.remote;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One lane against a grid of several nodes whose partitions change their leaders, in which nobody need know who leads
 * now, nodes vanish and come back in another life, and all connections are lost now and then. With every third seed
 * nothing is forgotten: then no outcome may be unknown.
 */
final class GridModel
{
    private static final int PARTITIONS = 4;
    private static final int MEMBERS = 3;

    private final Random random;
    private final boolean remembering;
    private final FakeLeaders leaders;
    private final LaneCaller caller;
    private final LaneCore lane;
    private final Tables tables;
    private final Map<Integer, FakeConnection> connections = new HashMap<>();
    private final Map<FakeConnection, Integer> places = new HashMap<>();
    private final Map<FakeConnection, FakeNode> nodeOf = new HashMap<>();
    private final List<FakeConnection> lost = new ArrayList<>();
    private FakeNode node;
    private long now = 1;
    private long messages;
    private boolean healed;

    GridModel(final long seed)
    {
        random = new Random(seed);
        remembering = seed % 3 == 0;
        leaders = new FakeLeaders(PARTITIONS, 1 + random.nextInt(2));
        for (int id = 0; id < MEMBERS; id++)
        {
            leaders.members.add(new FakeMember(id, leaders, random));
        }
        tables = new Tables(PARTITIONS, 0, leaders.agents, 20, seed);
        lane = new LaneCore(
            new LaneSettings(7, 3, PARTITIONS, 16, 8192, 1_000, 500, 5), new RemoteStructures(), tables);
        caller = new LaneCaller(random, remembering, PARTITIONS, lane);
        startAnew();
        caller.openMaps(this::turn);
    }

    void run(final int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            step();
        }
        heal();
        caller.check();
    }

    int copyReads()
    {
        return leaders.copyReads;
    }

    private void step()
    {
        final int dice = random.nextInt(1000);
        if (dice < 300)
        {
            caller.ask();
        }
        else if (dice < 880)
        {
            turn();
        }
        else if (dice < 895)
        {
            caller.abandon();
        }
        else if (dice < 920)
        {
            loseOne();
        }
        else if (dice < 945)
        {
            leaders.moveBy(random, random.nextInt(PARTITIONS));
        }
        else if (dice < 965)
        {
            member().learn();
        }
        else
        {
            trouble(dice);
        }
    }

    private void trouble(final int dice)
    {
        if (dice < 972)
        {
            vanish(member());
        }
        else if (dice < 980)
        {
            comeBack(member());
        }
        else if (dice < 983 && !remembering)
        {
            node.expireSessions();
        }
        else if (dice < 985 && !remembering)
        {
            node.forgetResults();
        }
        else if (dice < 987 && !remembering)
        {
            startAnew();
        }
        else
        {
            now += random.nextInt(1_000);
        }
    }

    /**
     * The memory of the whole grid is gone.
     */
    private void startAnew()
    {
        new ArrayList<>(connections.keySet()).forEach(this::lose);
        node = new FakeNode(1 + caller.nodes.size(), 1 + random.nextInt(3));
        caller.nodes.add(node);
    }

    private FakeMember member()
    {
        return leaders.members.get(random.nextInt(MEMBERS));
    }

    private void vanish(final FakeMember member)
    {
        member.up = false;
        for (int agent = 0; agent < leaders.agents; agent++)
        {
            lose(Table.place(member.id, agent));
        }
    }

    private void comeBack(final FakeMember member)
    {
        if (!member.up)
        {
            member.up = true;
            member.incarnation++;
            leaders.version++;
        }
    }

    private void loseOne()
    {
        if (!connections.isEmpty())
        {
            final List<Integer> all = new ArrayList<>(connections.keySet());
            lose(all.get(random.nextInt(all.size())));
        }
    }

    private void lose(final int place)
    {
        final FakeConnection connection = connections.remove(place);
        if (connection != null)
        {
            receive(connection, random.nextInt(3));
            connection.lose();
            for (int i = random.nextInt(4); i > 0; i--)
            {
                connection.toNode.pollLast();
            }
            lost.add(connection);
        }
    }

    private void turn()
    {
        connect();
        for (final FakeConnection connection : List.copyOf(connections.values()))
        {
            for (int i = random.nextInt(4); i > 0 && !connection.toNode.isEmpty(); i--)
            {
                take(connection);
            }
            receive(connection, random.nextInt(4));
        }
        if (!lost.isEmpty() && random.nextInt(3) == 0)
        {
            late(lost.get(random.nextInt(lost.size())));
        }
        lane.work(now);
        lane.handOwn(caller::onAnswer);
        now += random.nextInt(4);
    }

    private void take(final FakeConnection from)
    {
        messages++;
        node.onMessage(from, from.takeRequest(), leaders.members.get(Table.memberOf(places.get(from))));
    }

    /**
     * Links to the first node and to where the lane asks for are made, if the node is there.
     */
    private void connect()
    {
        connect(Table.place(0, 0));
        for (final int place : tables.wanted())
        {
            connect(place);
        }
    }

    private void connect(final int place)
    {
        final FakeMember member = leaders.members.get(Table.memberOf(place));
        if (!connections.containsKey(place) && member.up && random.nextInt(4) == 0)
        {
            final FakeConnection connection = new FakeConnection(
                node.gridId, new UnsafeBuffer(new byte[8]), 1024, () -> !healed && random.nextInt(5) == 0);
            connections.put(place, connection);
            places.put(connection, place);
            nodeOf.put(connection, node);
            lane.onConnection(place, connection);
        }
    }

    /**
     * A connection that the client has given up still reaches its node.
     */
    private void late(final FakeConnection old)
    {
        if (!old.toNode.isEmpty() && nodeOf.get(old) == node)
        {
            take(old);
        }
        else
        {
            lost.remove(old);
        }
    }

    private void receive(final FakeConnection from, final int limit)
    {
        for (int i = 0; i < limit && !from.toClient.isEmpty(); i++)
        {
            final UnsafeBuffer message = new UnsafeBuffer(from.takeAnswer().bytes());
            lane.receiving().onMessage(places.get(from), message, 0, message.capacity(), caller::onAnswer);
        }
    }

    /**
     * Everybody knows who leads, and nothing changes any more: then all is done soon, and with few messages.
     */
    private void heal()
    {
        healed = true;
        for (int i = 0; i < PARTITIONS; i++)
        {
            leaders.move(i, random.nextInt(MEMBERS));
        }
        leaders.members.forEach((member) ->
        {
            comeBack(member);
            member.healed = true;
            member.learn();
        });
        final long before = messages;
        for (int i = 0; i < 2_000 && !(lane.isEmpty() && lost.isEmpty()); i++)
        {
            turn();
            now += 10;
        }
        caller.checkEmpty();
        LaneCaller.require(messages - before < 1_000, "took " + (messages - before) + " messages", 0);
        for (int i = 0; i < 50; i++)
        {
            turn();
        }
    }
}
