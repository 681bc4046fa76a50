package io.peregrine.node.api;

import io.peregrine.node.GridNode;
import io.peregrine.node.Nodes;
import io.peregrine.node.Threading;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Guava's suite against a map of an embedded node that the test's thread drives.
 */
class GuavaConcurrentMapTest
{
    private static GridNode node;

    @BeforeAll
    static void launch()
    {
        node = GridNode.launch(Nodes.context(Threading.INVOKER).partitions(4));
    }

    @AfterAll
    static void close()
    {
        node.grid().close();
        node.close();
    }

    @TestFactory
    Stream<DynamicTest> shouldPassTheSuiteOfGuava()
    {
        return GuavaSuite.of(node.grid());
    }
}
