package io.peregrine.client.remote;

import java.util.Arrays;
import java.util.List;

/**
 * Where a node is.
 *
 * @param text as it was given.
 */
record Address(String text)
{
    private static final String IPC = "ipc:";
    private static final String UDP = "udp";

    /**
     * @param text HOST:PORT or ipc:NODE_NAME, with commas between.
     */
    static List<Address> list(final String text)
    {
        return Arrays.stream(text.split(",")).distinct().map(Address::new).toList();
    }

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

    /**
     * Addresses of one kind are reached by one carrier.
     */
    String kind()
    {
        return isIpc() ? text : UDP;
    }
}
