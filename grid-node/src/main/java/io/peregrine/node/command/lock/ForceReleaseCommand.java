package io.peregrine.node.command.lock;

import io.peregrine.client.GridLock;
import io.peregrine.node.command.CommandFailure;
import io.peregrine.node.command.Json;
import picocli.CommandLine.Command;

/**
 * Takes a lock from whoever holds it.
 */
@Command(
    name = "force-release",
    mixinStandardHelpOptions = true,
    description = "Take the lock from whoever holds it, and give it to the next in line. The holder may still " +
        "believe that it holds it. Exit code 1 where nobody holds it.")
final class ForceReleaseCommand extends LockOperation
{
    @Override
    void run(final GridLock lock)
    {
        if (!lock.forceRelease())
        {
            throw new CommandFailure("nobody holds the lock '" + name() + "'");
        }
        print("released", new Json().field("lock", name()).field("released", true));
    }
}
