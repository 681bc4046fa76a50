package io.peregrine.node.command;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Prints the completion script of the whole command line.
 */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Print a completion script for bash and zsh: source <(./grid completion)")
public final class CompletionCommand implements GridCommand
{
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call()
    {
        spec.commandLine().getOut().print(AutoComplete.bash("grid", spec.root().commandLine()));
        return DONE;
    }
}
