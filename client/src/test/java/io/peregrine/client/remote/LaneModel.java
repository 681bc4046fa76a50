package io.peregrine.client.remote;

import io.peregrine.client.codec.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One lane against a node, a network and a clock that are all at the mercy of a seed; checks what a caller relies on.
 * With every third seed the node forgets nothing, refuses nothing for good and does not restart: then no outcome may
 * be unknown.
 */
final class LaneModel
{
    private static final int PARTITIONS = 3;
    private static final Reason[] EARLY = {Reason.TOO_MANY_IN_FLIGHT, Reason.NOT_SERVING, Reason.CLOSED};

    private final Random random;
    private final boolean remembering;
    private final List<FakeConnection> lost = new ArrayList<>();
    private final Map<FakeConnection, FakeNode> nodeOf = new HashMap<>();
    private final LaneCore lane;
    private final LaneCaller caller;
    private FakeConnection connection;
    private FakeNode node;
    private long now = 1;
    private boolean healed;

    LaneModel(final long seed)
    {
        random = new Random(seed);
        remembering = seed % 3 == 0;
        lane = new LaneCore(
            new LaneSettings(7, 3, PARTITIONS, 16, 8192, 1_000, 500, 5),
            new RemoteStructures(),
            new Tables(PARTITIONS, 0, 1, 20, seed));
        caller = new LaneCaller(random, remembering, PARTITIONS, lane);
        restart();
        connect();
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

    private void step()
    {
        final int dice = random.nextInt(1000);
        if (dice < 300)
        {
            caller.ask();
        }
        else if (dice < 900)
        {
            turn();
        }
        else if (dice < 920)
        {
            caller.abandon();
        }
        else if (dice < 935)
        {
            lose();
        }
        else if (dice < 940 && !remembering)
        {
            restart();
        }
        else
        {
            trouble(dice);
        }
    }

    private void trouble(final int dice)
    {
        if (dice < 950 && !remembering)
        {
            node.expireSessions();
        }
        else if (dice < 960 && !remembering)
        {
            node.forgetResults();
        }
        else if (dice < 970)
        {
            node.refuseEarly = EARLY[random.nextInt(EARLY.length)];
        }
        else if (dice < 980 && !remembering)
        {
            node.refuseLate = Reason.STORE_FULL;
        }
        else if (dice < 985 && connection != null)
        {
            connection.toClient.clear();
            if (random.nextBoolean())
            {
                lane.onAnswersLost();
            }
        }
        else
        {
            now += random.nextInt(1_000);
        }
    }

    private void turn()
    {
        if (connection == null && random.nextInt(4) == 0)
        {
            connect();
        }
        if (connection != null)
        {
            for (int i = random.nextInt(4); i > 0 && !connection.toNode.isEmpty(); i--)
            {
                node.onMessage(connection, connection.takeRequest());
            }
            receive(connection, random.nextInt(4));
        }
        if (!lost.isEmpty() && random.nextInt(3) == 0)
        {
            late(lost.get(random.nextInt(lost.size())));
        }
        lane.onConnection(0, connection);
        lane.work(now);
        lane.handOwn(caller::onAnswer);
        now += random.nextInt(4);
    }

    /**
     * A connection that the client has given up still reaches the node, and what it had brought is taken yet.
     */
    private void late(final FakeConnection old)
    {
        final FakeNode its = nodeOf.get(old);
        if (!old.toNode.isEmpty() && its == node)
        {
            its.onMessage(old, old.takeRequest());
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
            lane.receiving().onMessage(0, message, 0, message.capacity(), caller::onAnswer);
        }
    }

    private void lose()
    {
        if (connection != null)
        {
            receive(connection, random.nextInt(3));
            connection.lose();
            for (int i = random.nextInt(4); i > 0; i--)
            {
                connection.toNode.pollLast();
            }
            lost.add(connection);
            connection = null;
        }
    }

    private void restart()
    {
        lose();
        node = new FakeNode(1 + caller.nodes.size(), 1 + random.nextInt(3));
        caller.nodes.add(node);
    }

    private void connect()
    {
        connection = new FakeConnection(
            node.gridId, new UnsafeBuffer(new byte[8]), 1024, () -> !healed && random.nextInt(5) == 0);
        nodeOf.put(connection, node);
    }

    private void heal()
    {
        healed = true;
        node.refuseEarly = null;
        node.refuseLate = null;
        for (int i = 0; i < 5_000 && !(lane.isEmpty() && connection != null && lost.isEmpty()); i++)
        {
            turn();
            now += 10;
        }
        caller.checkEmpty();
        for (int i = 0; i < 50; i++)
        {
            turn();
        }
    }
}
