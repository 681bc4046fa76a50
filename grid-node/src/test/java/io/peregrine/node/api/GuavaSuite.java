package io.peregrine.node.api;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import io.peregrine.client.Codecs;
import io.peregrine.client.Grid;
import io.peregrine.client.GridMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Stream;
import junit.framework.Test;
import junit.framework.TestCase;
import junit.framework.TestFailure;
import junit.framework.TestResult;
import junit.framework.TestSuite;
import org.junit.jupiter.api.DynamicTest;

/**
 * Guava's suite for a ConcurrentMap, complete. Absent by declaration: null keys and values, a known order of iteration,
 * serialization and failing fast; a grid has none of them.
 */
public final class GuavaSuite
{
    private static final int KEPT = 8;

    private final Queue<GridMap<String, String>> maps = new ArrayDeque<>();
    private final Grid grid;
    private int made;

    private GuavaSuite(final Grid grid)
    {
        this.grid = grid;
    }

    /**
     * @param grid whose maps are tested.
     * @return the tests.
     */
    public static Stream<DynamicTest> of(final Grid grid)
    {
        final TestSuite suite = ConcurrentMapTestSuiteBuilder.using(new GuavaSuite(grid).new Generator())
            .named("GridMap")
            .withFeatures(
                CollectionSize.ANY,
                MapFeature.GENERAL_PURPOSE,
                CollectionFeature.SUPPORTS_ITERATOR_REMOVE)
            .createTestSuite();
        final List<DynamicTest> tests = new ArrayList<>();
        collect(suite, "", tests);
        return tests.stream();
    }

    private static void collect(final Test test, final String path, final List<DynamicTest> tests)
    {
        if (test instanceof TestSuite suite)
        {
            for (final Test child : Collections.list(suite.tests()))
            {
                collect(child, path + "/" + suite.getName(), tests);
            }
        }
        else if (test instanceof TestCase single)
        {
            tests.add(DynamicTest.dynamicTest(path + "/" + single.getName(), () -> run(single)));
        }
    }

    private static void run(final TestCase test) throws Throwable
    {
        final TestResult result = new TestResult();
        test.run(result);
        final List<TestFailure> failures = new ArrayList<>(Collections.list(result.failures()));
        failures.addAll(Collections.list(result.errors()));
        if (!failures.isEmpty())
        {
            throw failures.get(0).thrownException();
        }
    }

    /**
     * Makes maps with entries, and destroys those of earlier tests.
     */
    private final class Generator extends TestStringMapGenerator
    {
        @Override
        protected Map<String, String> create(final Map.Entry<String, String>[] entries)
        {
            if (maps.size() >= KEPT)
            {
                maps.remove().destroy();
            }
            final GridMap<String, String> map = grid.map("map-" + made++, Codecs.STRING, Codecs.STRING);
            maps.add(map);
            for (final Map.Entry<String, String> entry : entries)
            {
                map.put(entry.getKey(), entry.getValue());
            }
            return map;
        }
    }
}
