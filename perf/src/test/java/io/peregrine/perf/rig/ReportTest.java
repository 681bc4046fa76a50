package io.peregrine.perf.rig;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ReportTest
{
    private static final Measurement SUBJECT =
        new Measurement(150, 0.2, 0.4, 0.8, 12.5, 6_000_000, 0, 1_000, 0, 0, 0);
    private static final Measurement FLOOR =
        new Measurement(100, 0.1, 0.8, 0.9, 10, 9_000_000, 0, 1_000, 0, 0, 0);

    @Test
    void shouldPrintEveryFieldInOrder()
    {
        final Result result = new Result(
            "get", "embedded", 2, 0, SUBJECT, "ConcurrentHashMap.get", FLOOR, 0.1, Verdict.of(SUBJECT, FLOOR, 0));

        assertEquals(
            "{\"name\":\"get\",\"mode\":\"embedded\",\"threads\":2,\"rate\":0,\"ns_per_op\":150.000,\"p50_us\":0.200," +
            "\"p99_us\":0.400,\"p999_us\":0.800,\"max_us\":12.500,\"ops_per_s\":6000000.000,\"bytes_per_op\":0.000," +
            "\"verdict\":\"OK\",\"floor\":{\"name\":\"ConcurrentHashMap.get\",\"ns_per_op\":100.000,\"p50_us\":0.100," +
            "\"p99_us\":0.800," +
            "\"p999_us\":0.900,\"ops_per_s\":9000000.000},\"ratio\":1.500,\"ratio_p50\":2.000,\"ratio_p99\":0.500}",
            JsonLines.of(result));
    }

    @Test
    void shouldPrintNullWithoutAFloor()
    {
        final Result result =
            new Result("get", "embedded", 1, 0, SUBJECT, null, null, 0.1, Verdict.of(SUBJECT, null, 0));

        assertTrue(JsonLines.of(result).endsWith(
            "\"verdict\":\"OK\",\"floor\":null,\"ratio\":null,\"ratio_p50\":null,\"ratio_p99\":null}"));
    }

    @Test
    void shouldEscapeText()
    {
        assertEquals("\"a\\\"b\\\\c\\u000a\"", JsonLines.text("a\"b\\c\n"));
    }

    @Test
    void shouldShowReasonsInTheTable()
    {
        final Measurement wrong = new Measurement(150, 0, 0, 0, 0, 0, 0, 1_000, 7, 0, 0);

        final String table = Table.of(List.of(
            new Result("put", "embedded", 1, 0, wrong, "ring", FLOOR, 0.1, Verdict.of(wrong, FLOOR, 0))));

        assertTrue(table.contains("INVALID"), table);
        assertTrue(table.contains("7 wrong or missing answers"), table);
        assertTrue(table.contains("ratio 1.50"), table);
    }

    @Test
    void shouldTakeTheMiddle()
    {
        assertEquals(3, Medians.of(new double[]{9, 1, 3}));
        assertEquals(2, Medians.of(new double[]{9, 1, 3, 1}));
        assertEquals(0.5, Medians.spread(new double[]{10, 8, 13}));
        assertEquals(0.2, Medians.spread(new double[]{10, 9, 99, 11, 1}));
        assertEquals(0, Medians.spread(new double[]{7}));
    }

    @Test
    void shouldSumCountsAndKeepTheLongestOfSeveralTurns()
    {
        final Measurement median = Measurement.median(new Measurement[]{SUBJECT, FLOOR, SUBJECT});

        assertEquals(150, median.nsPerOp());
        assertEquals(12.5, median.maxUs());
        assertEquals(3_000, median.operations());
    }
}
