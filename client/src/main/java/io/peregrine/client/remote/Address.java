package io.peregrine.client.remote;

/**
 * Where a node is.
 *
 * @param text as it was given.
 */
record Address(String text)
{
    private static final String IPC = "ipc:";

    /**
     * Is it a node of this machine, to be found by its name?
     */
    boolean isIpc()
    {
        return text.startsWith(IPC);
    }

    String nodeName()
    {
        return text.substring(IPC.length());
    }
}
