package io.peregrine.perf.verify.history;

import io.peregrine.perf.linear.Judgement;
import io.peregrine.perf.linear.Linearizability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class HistoryTest
{
    private static String asked(final Operation operation, final long from, final long to, final Told told)
    {
        return Lines.invoked(operation, from) + Lines.returned(told, to);
    }

    @Test
    void shouldReadBackWhatAClientWroteDown(final @TempDir Path directory)
    {
        final Path path = directory.resolve("client");
        try (ClientLog log = new ClientLog(path))
        {
            log.invoked(Operation.cas("k", null, 7L), 10);
            log.returned(Told.before(Outcome.NOT_DONE, 5L), 20);
            log.invoked(Operation.write("k", null), 30);
            log.returned(Told.before(Outcome.OK, null), 40);
            log.invoked(Operation.read("k"), 50);
            log.returned(Told.of(Outcome.REFUSED), 60);
            log.invoked(Operation.read("k"), 70);
            log.returned(Told.failed("INTERNAL: a fault\n of the grid"), 80);
        }

        assertEquals(List.of(
            new Attempt(0, Operation.cas("k", null, 7L), 10, 20, Told.before(Outcome.NOT_DONE, 5L)),
            new Attempt(0, Operation.write("k", null), 30, 40, Told.before(Outcome.OK, null)),
            new Attempt(0, Operation.read("k"), 50, 60, Told.of(Outcome.REFUSED)),
            new Attempt(0, Operation.read("k"), 70, 80, Told.failed("INTERNAL: a fault of the grid"))),
            History.read(List.of(path)).attempts());
        assertEquals(Map.of("INTERNAL: a fault of the grid", 1), History.read(List.of(path)).failures());
        assertEquals(2, History.read(List.of(path)).count(Outcome.REFUSED));
    }

    @Test
    void shouldTakeForUnknownWhatAKilledClientDidNotWriteToItsEnd()
    {
        final String whole = Lines.invoked(Operation.write("k", 1L), 10);
        final String half = Lines.returned(Told.of(Outcome.OK), 20);
        final History history = History.of(List.of(whole + half.substring(0, half.length() - 1)));

        assertEquals(1, history.count(Outcome.UNKNOWN));
        assertEquals(1, history.attempts().size());
    }

    @Test
    void shouldGiveAClientAnotherNumberAfterAnUnknownOutcome()
    {
        final String first =
            asked(Operation.write("a", 1L), 10, 20, Told.of(Outcome.UNKNOWN)) +
            asked(Operation.write("a", 2L), 30, 40, Told.of(Outcome.OK)) +
            asked(Operation.write("a", 3L), 50, 60, Told.of(Outcome.OK));
        final String second = asked(Operation.write("b", 4L), 15, 25, Told.of(Outcome.OK));
        final List<Integer> processes =
            History.of(List.of(first, second)).attempts().stream().map(Attempt::process).toList();

        assertEquals(List.of(0, 2, 1, 1), processes);
    }

    @Test
    void shouldRefuseALogThatAsksTwoThingsAtOneTime()
    {
        final String line = Lines.invoked(Operation.read("k"), 10);
        final String touching = asked(Operation.read("k"), 10, 20, Told.before(Outcome.OK, null));

        assertThrows(IllegalArgumentException.class, () -> History.of(List.of(line + line)));
        assertThrows(IllegalArgumentException.class, () -> History.of(List.of(touching + Lines.invoked(
            Operation.read("k"), 20))));
    }

    @Test
    void shouldGiveTheJudgeWhatItNeeds()
    {
        final String writer =
            asked(Operation.write("k", 1L), 10, 20, Told.before(Outcome.OK, null)) +
            asked(Operation.cas("k", 1L, 2L), 30, 40, Told.of(Outcome.OK)) +
            asked(Operation.cas("k", 1L, 3L), 50, 60, Told.of(Outcome.NOT_DONE)) +
            asked(Operation.write("k", 9L), 61, 62, Told.of(Outcome.REFUSED)) +
            asked(Operation.cas("k", 2L, null), 70, 80, Told.of(Outcome.UNKNOWN));

        for (final Long seen : new Long[] {2L, null})
        {
            assertEquals(Judgement.Verdict.LINEARIZABLE, judged(writer, seen), () -> "a read of " + seen);
        }
        for (final Long seen : new Long[] {1L, 3L, 9L})
        {
            assertEquals(Judgement.Verdict.VIOLATED, judged(writer, seen), () -> "a read of " + seen);
        }
    }

    private static Judgement.Verdict judged(final String writer, final Long seen)
    {
        final String reader = asked(Operation.read("k"), 90, 100, Told.before(Outcome.OK, seen));
        return Linearizability.judge(History.of(List.of(writer, reader)).calls()).verdict();
    }

    @Test
    void shouldHoldTheGridToWhatItToldOfTheValueBefore()
    {
        final String right = asked(Operation.write("k", 1L), 10, 20, Told.before(Outcome.OK, null));
        final String wrong = asked(Operation.write("k", 2L), 30, 40, Told.before(Outcome.OK, null));

        assertEquals(Judgement.Verdict.VIOLATED,
            Linearizability.judge(History.of(List.of(right + wrong)).calls()).verdict());
    }

    @Test
    void shouldWriteTheFormOfJepsenInTheOrderOfTime()
    {
        final String first =
            asked(Operation.write("k", 1L), 10, 30, Told.before(Outcome.OK, 4L)) +
            asked(Operation.cas("k", 1L, 2L), 40, 50, Told.of(Outcome.NOT_DONE)) +
            asked(Operation.write("k", null), 60, 70, Told.of(Outcome.UNKNOWN)) +
            Lines.invoked(Operation.cas("k", null, 3L), 80);
        final String second =
            asked(Operation.read("k"), 20, 60, Told.before(Outcome.OK, 1L)) +
            asked(Operation.read("k"), 65, 90, Told.before(Outcome.OK, null)) +
            asked(Operation.read("k"), 95, 96, Told.of(Outcome.REFUSED));
        final StringBuilder out = new StringBuilder();
        Edn.write(History.of(List.of(first, second)), out);

        assertEquals("""
            {:process 0, :type :invoke, :f :write, :key "k", :value 1}
            {:process 2, :type :invoke, :f :read, :key "k", :value nil}
            {:process 0, :type :ok, :f :write, :key "k", :value 1}
            {:process 0, :type :invoke, :f :cas, :key "k", :value [1 2]}
            {:process 0, :type :fail, :f :cas, :key "k", :value [1 2]}
            {:process 0, :type :invoke, :f :write, :key "k", :value nil}
            {:process 2, :type :ok, :f :read, :key "k", :value 1}
            {:process 2, :type :invoke, :f :read, :key "k", :value nil}
            {:process 0, :type :info, :f :write, :key "k", :value nil}
            {:process 1, :type :invoke, :f :cas, :key "k", :value [nil 3]}
            {:process 2, :type :ok, :f :read, :key "k", :value nil}
            {:process 2, :type :invoke, :f :read, :key "k", :value nil}
            {:process 2, :type :fail, :f :read, :key "k", :value nil}
            {:process 1, :type :info, :f :cas, :key "k", :value [nil 3]}
            """, out.toString());
    }
}
