package io.peregrine.perf.sim;

import io.peregrine.client.codec.LockKind;
import io.peregrine.client.remote.ClientRules;
import io.peregrine.node.replication.Rules;
import io.peregrine.perf.sim.grid.GridRules;
import io.peregrine.storage.lock.LockRules;
import io.peregrine.storage.partition.StoreRules;

import java.util.function.Supplier;

/**
 * Rules of a grid that has clients for things of one kind in every run, and of which some may be others.
 */
final class LineRules extends GridRules
{

    private final LockKind kind;
    private final int clients;
    private Supplier<LockRules> locks = LockRules::new;
    private Rules replication = new Rules();
    private ClientRules client = new ClientRules();

    LineRules(final LockKind kind)
    {
        this(kind, 3);
    }

    LineRules(final LockKind kind, final int clients)
    {
        this.kind = kind;
        this.clients = clients;
    }

    /**
     * @param ofEachLife rules of what each life of a node applies.
     */
    LineRules locks(final Supplier<LockRules> ofEachLife)
    {
        locks = ofEachLife;
        return this;
    }

    LineRules replication(final Rules rules)
    {
        replication = rules;
        return this;
    }

    LineRules client(final ClientRules rules)
    {
        client = rules;
        return this;
    }

    private int clients(final LockKind of)
    {
        return of == kind ? clients : 0;
    }

    @Override
    public int lockClients(final long seed)
    {
        return clients(LockKind.LOCK);
    }

    @Override
    public int permitClients(final long seed)
    {
        return clients(LockKind.SEMAPHORE);
    }

    @Override
    public int latchClients(final long seed)
    {
        return clients(LockKind.LATCH);
    }

    @Override
    public StoreRules store()
    {
        return new StoreRules(locks.get());
    }

    @Override
    public Rules replication()
    {
        return replication;
    }

    @Override
    public ClientRules client()
    {
        return client;
    }
}
