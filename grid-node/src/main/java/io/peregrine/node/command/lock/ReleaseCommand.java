package io.peregrine.node.command.lock;

import io.peregrine.client.GridLock;
import io.peregrine.node.command.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Lets go of a lock.
 */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Let go of the lock. Exit code 1 where it is lost.")
final class ReleaseCommand extends LockOperation
{
    @Mixin
    private Holder holder;

    @Override
    void run(final GridLock lock)
    {
        holder.of(lock).release();
        print("released", new Json().field("lock", name()).field("released", true));
    }
}
