package io.peregrine.perf.sim;

import io.peregrine.client.remote.ClientRules;
import io.peregrine.node.control.ControlRules;
import io.peregrine.node.replication.Rules;
import io.peregrine.perf.sim.grid.GridRules;
import io.peregrine.storage.partition.StoreRules;

import java.util.function.Supplier;

/**
 * Rules of a grid of which those of one kind are others, wrong ones mostly.
 */
final class Wrong
{
    private Wrong()
    {
    }

    static GridRules rules(final Rules replication)
    {
        return new GridRules()
        {
            @Override
            public Rules replication()
            {
                return replication;
            }
        };
    }

    static GridRules rules(final ClientRules client)
    {
        return new GridRules()
        {
            @Override
            public ClientRules client()
            {
                return client;
            }
        };
    }

    static GridRules rules(final ControlRules control)
    {
        return new GridRules()
        {
            @Override
            public ControlRules control()
            {
                return control;
            }
        };
    }

    static GridRules rules(final Supplier<StoreRules> stores)
    {
        return new GridRules()
        {
            @Override
            public StoreRules store()
            {
                return stores.get();
            }
        };
    }
}
