package io.peregrine.perf.sim.grid;

import io.peregrine.client.remote.ClientRules;
import io.peregrine.node.control.ControlRules;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.node.replication.Rules;
import io.peregrine.storage.partition.StoreRules;

/**
 * The rules that the nodes and the control plane of a simulated grid keep to. Not final, for the tests that plant
 * faults.
 */
public class GridRules
{
    private static final int LINES_ONE_IN = 16;
    private static final int LOCKS_AT = 11;
    private static final int PERMITS_AT = 3;
    private static final int LATCHES_AT = 15;
    private static final int LINE_CLIENTS = 3;
    private static final int DEAR_COPIES_ONE_IN = 5;
    private static final int DEAR_COPIES_AT = 2;
    private static final long LEAST_DEAR_NS = 500_000;
    private static final int PRICES = 5;

    /**
     * @return what replication goes by, of all nodes.
     */
    public Rules replication()
    {
        return new Rules();
    }

    /**
     * @return what the control plane decides by.
     */
    public ControlRules control()
    {
        return new ControlRules();
    }

    /**
     * @return what one life of a node applies entries by.
     */
    public StoreRules store()
    {
        return new StoreRules();
    }

    /**
     * @return whether one of two clients goes by the rules of the real one.
     */
    public boolean hasRealClients()
    {
        return true;
    }

    /**
     * @param seed of the run.
     * @return clients besides the others that take locks, and write as their holders.
     */
    public int lockClients(final long seed)
    {
        return Math.floorMod(seed, LINES_ONE_IN) == LOCKS_AT ? LINE_CLIENTS : 0;
    }

    /**
     * @param seed of the run.
     * @return clients besides the others that take permits of semaphores.
     */
    public int permitClients(final long seed)
    {
        return Math.floorMod(seed, LINES_ONE_IN) == PERMITS_AT ? LINE_CLIENTS : 0;
    }

    /**
     * @param seed of the run.
     * @return clients besides the others that count latches down, and wait for them.
     */
    public int latchClients(final long seed)
    {
        return Math.floorMod(seed, LINES_ONE_IN) == LATCHES_AT ? LINE_CLIENTS : 0;
    }

    /**
     * @return what real clients go by.
     */
    public ClientRules client()
    {
        return new ClientRules();
    }

    /**
     * @return whether one node always has less memory than clients ask for; otherwise it has in some runs.
     */
    public boolean isMemoryShort()
    {
        return false;
    }

    /**
     * @return copies that a data agent takes at one time, and as many that it gives.
     */
    public int copiesAtOnce()
    {
        return ReplicationSettings.defaults().maxLearning();
    }

    /**
     * @param seed of the run.
     * @return that each KB of a copy takes a data agent, by the clock that bounds copying: next to nothing in most
     *         runs, and in others so long that copying pauses.
     */
    public long copyNs(final long seed)
    {
        return Math.floorMod(seed, DEAR_COPIES_ONE_IN) == DEAR_COPIES_AT ?
            LEAST_DEAR_NS << Math.floorMod(seed / DEAR_COPIES_ONE_IN, PRICES) : 0;
    }

    /**
     * @param isOpen whether the session of a request is open in its partition.
     * @param isHere whether the node that got the request has had to do with the session before.
     * @return whether the request is carried out as one of that session, and not as one without.
     */
    public boolean keepsToSession(final boolean isOpen, final boolean isHere)
    {
        return true;
    }
}
