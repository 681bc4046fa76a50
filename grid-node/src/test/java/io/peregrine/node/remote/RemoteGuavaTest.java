package io.peregrine.node.remote;

import io.peregrine.client.GridClient;
import io.peregrine.node.api.GuavaSuite;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Guava's suite against a map that is reached over UDP.
 */
class RemoteGuavaTest
{
    private static Served served;
    private static GridClient client;

    @BeforeAll
    static void connect()
    {
        served = new Served((context) -> context.partitions(4));
        client = served.connect();
    }

    @AfterAll
    static void close()
    {
        client.close();
        served.close();
    }

    @TestFactory
    Stream<DynamicTest> shouldPassTheSuiteOfGuava()
    {
        return GuavaSuite.of(client.grid());
    }
}
