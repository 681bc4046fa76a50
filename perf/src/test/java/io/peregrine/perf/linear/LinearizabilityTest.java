package io.peregrine.perf.linear;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LinearizabilityTest
{
    private static final int SHORT_HISTORIES = 4_000;

    @Test
    void shouldExplainAReadThatOverlapsTheWriteItMet()
    {
        expect(Judgement.Verdict.LINEARIZABLE,
            Call.done(1, 0, 10, Step.put("k", "a")),
            Call.done(2, 1, 2, Step.read("k", "a")),
            Call.done(2, 3, 4, Step.read("k", "a")));
    }

    @Test
    void shouldFindAValueThatGoesAway()
    {
        expect(Judgement.Verdict.VIOLATED,
            Call.done(1, 0, 10, Step.put("k", "a")),
            Call.done(2, 1, 2, Step.read("k", "a")),
            Call.done(2, 3, 4, Step.read("k", null)));
    }

    @Test
    void shouldFindAStaleRead()
    {
        expect(Judgement.Verdict.VIOLATED,
            Call.done(1, 0, 1, Step.put("k", "a")),
            Call.done(1, 2, 3, Step.put("k", "b")),
            Call.done(2, 4, 5, Step.read("k", "a")));
    }

    @Test
    void shouldFindALostWrite()
    {
        expect(Judgement.Verdict.VIOLATED,
            Call.done(1, 0, 1, Step.put("k", "a")),
            Call.done(2, 2, 3, Step.read("k", null)));
    }

    @Test
    void shouldFindTwoWinnersOfOneCompareAndSet()
    {
        expect(Judgement.Verdict.VIOLATED,
            Call.done(1, 0, 10, Step.compareAndSet("k", null, "a")),
            Call.done(2, 0, 10, Step.compareAndSet("k", null, "b")));
    }

    @Test
    void shouldFindAConditionThatFailedWhileItHeld()
    {
        expect(Judgement.Verdict.VIOLATED,
            Call.done(1, 0, 1, Step.put("k", "a")),
            Call.notDone(2, 2, 3, Step.compareAndSet("k", "a", "b")));
    }

    @Test
    void shouldExplainAFailedConditionByAWriteOfUnknownFateThatNobodyMet()
    {
        expect(Judgement.Verdict.LINEARIZABLE,
            Call.done(1, 0, 1, Step.put("k", "a")),
            Call.unknown(3, 2, Step.put("k", "x")),
            Call.notDone(2, 3, 4, Step.compareAndSet("k", "a", "b")));
    }

    @Test
    void shouldNotExplainByAWriteThatWasInvokedLater()
    {
        expect(Judgement.Verdict.VIOLATED,
            Call.done(1, 0, 1, Step.put("k", "a")),
            Call.notDone(2, 2, 3, Step.compareAndSet("k", "a", "b")),
            Call.unknown(3, 4, Step.put("k", "x")));
    }

    @Test
    void shouldLetACallOfUnknownFateTakeEffectLate()
    {
        expect(Judgement.Verdict.LINEARIZABLE,
            Call.unknown(3, 0, Step.put("k", "x")),
            Call.done(1, 1, 2, Step.put("k", "a")),
            Call.done(2, 3, 4, Step.read("k", "a")),
            Call.done(2, 5, 6, Step.read("k", "x")));
    }

    @Test
    void shouldNotLetACallOfUnknownFateTakeEffectTwice()
    {
        expect(Judgement.Verdict.VIOLATED,
            Call.unknown(3, 0, Step.put("k", "x")),
            Call.done(2, 1, 2, Step.read("k", "x")),
            Call.done(1, 3, 4, Step.put("k", "a")),
            Call.done(2, 5, 6, Step.read("k", "x")));
    }

    @Test
    void shouldFindAnAdditionThatWasCarriedOutTwice()
    {
        expect(Judgement.Verdict.VIOLATED,
            Call.done(1, 0, 1, Step.add("k", 1, 1)),
            Call.done(1, 2, 3, Step.read("k", 2L)));
    }

    @Test
    void shouldFindABatchThatWasSeenInPart()
    {
        expect(Judgement.Verdict.VIOLATED,
            new Call(1, 0, 10, Fate.DONE, List.of(Step.put("a", 1), Step.put("b", 1))),
            Call.done(2, 1, 2, Step.read("a", 1)),
            Call.done(2, 3, 4, Step.read("b", null)));
    }

    @Test
    void shouldTakeAllConditionsOfABatchOnTheStateBeforeIt()
    {
        expect(Judgement.Verdict.LINEARIZABLE,
            new Call(1, 0, 1, Fate.DONE, List.of(Step.put("a", 1), Step.compareAndSet("a", null, 2))),
            Call.done(2, 2, 3, Step.read("a", 2)));
    }

    @Test
    void shouldNameTheCallsThatNothingExplains()
    {
        final Call stale = Call.done(2, 4, 5, Step.read("k", "a"));
        final Judgement judgement = Linearizability.judge(List.of(
            Call.done(1, 0, 1, Step.put("k", "a")), Call.done(1, 2, 3, Step.put("k", "b")), stale,
            Call.done(3, 20, 21, Step.read("k", "b"))));
        assertEquals(List.of(stale), judgement.stuck());
    }

    @Test
    void shouldSayWhenItGivesUp()
    {
        final List<Call> history = new Histories(1, 1, 0).make(4, 100);
        assertEquals(Judgement.Verdict.UNDECIDED, Linearizability.judge(history, 10).verdict());
    }

    /**
     * Every order is tried for short histories of which some are right and some are not.
     */
    @Test
    void shouldAgreeWithTryingEveryOrder()
    {
        int violated = 0;
        for (int seed = 0; seed < SHORT_HISTORIES; seed++)
        {
            final List<Call> history = spoil(new Histories(seed, 2, 25).make(3, 8), seed);
            final boolean explained = EveryOrder.explains(history);
            violated += explained ? 0 : 1;
            assertEquals(
                explained ? Judgement.Verdict.LINEARIZABLE : Judgement.Verdict.VIOLATED,
                Linearizability.judge(history).verdict(),
                "seed " + seed + ": " + history);
        }
        assertTrue(violated > SHORT_HISTORIES / 5 && violated < SHORT_HISTORIES, "violated: " + violated);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldJudgeALongHistoryWithoutTryingMuch(final long seed)
    {
        final List<Call> history = new Histories(seed, 20, 1).make(8, 30_000);
        assertTrue(history.size() > 20_000, "calls: " + history.size());
        final Judgement judgement = Linearizability.judge(history);
        assertEquals(Judgement.Verdict.LINEARIZABLE, judgement.verdict());
        assertTrue(judgement.work() < 60L * history.size(), "tried: " + judgement.work());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldFindOneWrongReadInALongHistory(final long seed)
    {
        final List<Call> history = new Histories(seed, 20, 1).make(8, 30_000);
        final int place = history.size() * 3 / 4;
        final Call call = history.get(place);
        history.add(Call.done(99, call.returned(), call.returned() + 1, Step.read("k1", "never written")));
        assertEquals(Judgement.Verdict.VIOLATED, Linearizability.judge(history).verdict());
    }

    private static List<Call> spoil(final List<Call> history, final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final List<Call> spoilt = new ArrayList<>(history);
        if (random.nextInt(3) > 0)
        {
            for (int i = 0; i < spoilt.size(); i++)
            {
                final Call call = spoilt.get(i);
                if (call.fate() == Fate.DONE && call.steps().size() == 1 && random.nextInt(3) == 0)
                {
                    final Step step = call.steps().get(0);
                    spoilt.set(i, step.sight() == Step.Sight.BEFORE ?
                        Call.done(call.process(), call.invoked(), call.returned(),
                            step.sawBefore(random.nextBoolean() ? null : (Object) (long) random.nextInt(6))) :
                        new Call(call.process(), call.invoked(), call.returned(), Fate.NOT_DONE, call.steps()));
                }
            }
        }

        return spoilt;
    }

    private static void expect(final Judgement.Verdict verdict, final Call... calls)
    {
        assertEquals(verdict, Linearizability.judge(List.of(calls)).verdict());
    }
}
