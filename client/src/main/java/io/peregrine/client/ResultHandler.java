package io.peregrine.client;

/**
 * Receives what became of the commands and reads that were offered on a {@link FlyweightMap}, on the thread that owns
 * it. Must not use that map, and must not throw.
 */
@FunctionalInterface
public interface ResultHandler
{
    /**
     * A result.
     *
     * @param id     that the offer returned.
     * @param result valid during the call only.
     */
    void onResult(long id, MapResult result);
}
