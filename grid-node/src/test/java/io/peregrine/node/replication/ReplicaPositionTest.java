package io.peregrine.node.replication;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ReplicaPositionTest
{
    private static final long PAUSE = 10;

    private final ReplicaPosition position = new ReplicaPosition(new Rules(), PAUSE);

    @Test
    void shouldNotBeFreshWhenNothingWasAnswered()
    {
        assertFalse(position.isFresh(Long.MAX_VALUE, 5, Long.MAX_VALUE / 2));
        position.onAsked(3);
        assertFalse(position.isFresh(Long.MAX_VALUE, 5, Long.MAX_VALUE / 2));
    }

    @Test
    void shouldCountFromTheQuestionWhenTheAnswerIsApplied()
    {
        position.onAnswer(100, 7);
        assertFalse(position.isFresh(6, 110, 50));
        assertTrue(position.isFresh(7, 150, 50));
        assertFalse(position.isFresh(7, 151, 50));
        assertEquals(51, position.ageNs(151));
    }

    @Test
    void shouldAskAtASteadyPaceWhenReadersWant()
    {
        assertTrue(position.isDue(-5));
        position.onAsked(-5);
        assertFalse(position.isDue(4));
        assertTrue(position.isDue(5));
    }

    @Test
    void shouldKnowNothingWhenAnotherLeads()
    {
        position.onAnswer(100, 7);
        position.onAsked(100);
        assertTrue(position.isFresh(7, 100, 1));
        position.onAnswer(101, 9);
        position.reset();
        assertFalse(position.isFresh(9, 101, 1));
        assertTrue(position.isDue(101));
    }

    @Test
    void shouldReachEarlierAnswersFirstWhenManyWait()
    {
        for (int i = 1; i <= 3 * ReplicaPosition.MOST_WAITING; i++)
        {
            position.onAnswer(i, i);
        }
        assertTrue(position.isFresh(1, 1, 0));
        assertTrue(position.isFresh(ReplicaPosition.MOST_WAITING - 1, ReplicaPosition.MOST_WAITING - 1, 0));
        assertTrue(position.isFresh(Long.MAX_VALUE, 3 * ReplicaPosition.MOST_WAITING, 0));
    }

    @Test
    void shouldNeverBeYoungerThanAnyAnswerAppliedWhenMessagesAreLateAndComeTwice()
    {
        final Random random = new Random(Long.getLong("seed", 11));
        final List<long[]> answers = new ArrayList<>();
        long committed = 0;
        long applied = 0;
        long best = Long.MIN_VALUE;
        long fresh = 0;
        for (long now = 0; now < 20_000; now++)
        {
            committed += random.nextInt(3);
            answers.add(new long[]{now, committed});
            if (random.nextInt(3) != 0)
            {
                final long[] answer = answers.get(Math.max(0, answers.size() - 1 - random.nextInt(6)));
                position.onAnswer(answer[0], answer[1]);
            }
            applied = Math.min(committed, applied + random.nextInt(4));
            for (int i = Math.max(0, answers.size() - 1_000); i < answers.size(); i++)
            {
                best = answers.get(i)[1] <= applied ? Math.max(best, answers.get(i)[0]) : best;
            }
            final boolean isFresh = position.isFresh(applied, now, 30);
            assertTrue(!isFresh || now - best <= 30, "fresher than what was applied");
            fresh += isFresh ? 1 : 0;
        }
        assertTrue(fresh > 1_000, "fresh: " + fresh);
    }
}
