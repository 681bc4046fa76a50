package io.peregrine.node.grid;

import io.peregrine.client.AsyncGridCounter;
import io.peregrine.client.Candidacy;
import io.peregrine.client.ElectionLeader;
import io.peregrine.client.ElectionListener;
import io.peregrine.client.ElectionTerm;
import io.peregrine.client.Grid;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridCounter;
import io.peregrine.client.GridElection;
import io.peregrine.client.GridIds;
import io.peregrine.client.GridSequence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A counter, a sequence, ids and an election, all of one partition, whose primary is gone while two clients use them
 * all the time; the leader is on the node that is gone.
 */
@Timeout(300)
class CoordinationFailoverTest
{
    private static final String NAME = "{book}";
    private static final Duration TERM = Duration.ofSeconds(1);
    private static final long LIMIT_S = 60;
    private static final long PACE_NS = 500_000;
    private static final int SOME = 50;
    private static final int AT_ONCE = 64;
    private static final int IDS_OF_A_SLOT = 20;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final TestGrid grid = new TestGrid();
    private final BlockingQueue<ElectionTerm> elected = new LinkedBlockingQueue<>();
    private volatile boolean isOver;

    @AfterEach
    void close()
    {
        isOver = true;
        threads.shutdown();
        grid.close();
    }

    /**
     * Ask again and again, on a thread of its own.
     */
    private CompletableFuture<List<Long>> ask(final LongSupplier question, final AtomicInteger asked)
    {
        return askMany(() -> List.of(question.getAsLong()), asked);
    }

    private CompletableFuture<List<Long>> askMany(final Supplier<List<Long>> questions, final AtomicInteger asked)
    {
        return CompletableFuture.supplyAsync(() ->
        {
            final List<Long> answers = new ArrayList<>();
            while (!isOver)
            {
                answers.addAll(questions.get());
                asked.incrementAndGet();
                LockSupport.parkNanos(PACE_NS);
            }
            return answers;
        }, threads);
    }

    /**
     * Some at a time, so that whenever the primary goes there are changes that it has made and not told of.
     */
    private static Supplier<List<Long>> increments(final GridCounter counter)
    {
        final AsyncGridCounter async = counter.async();
        return () ->
        {
            final List<CompletableFuture<Long>> all = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++)
            {
                all.add(async.incrementAndGet().toCompletableFuture());
            }
            return all.stream().map(CompletableFuture::join).toList();
        };
    }

    /**
     * Ids, with a slot that is given back and taken again now and then.
     */
    private static LongSupplier ids(final Grid of)
    {
        final GridIds ids = of.ids(NAME);
        final AtomicInteger made = new AtomicInteger();
        return () ->
        {
            if (made.incrementAndGet() % IDS_OF_A_SLOT == 0)
            {
                ids.close();
            }
            return ids.next();
        };
    }

    private static void awaitMore(final List<AtomicInteger> asked)
    {
        final List<Integer> before = asked.stream().map(AtomicInteger::get).toList();
        TestGrid.await("answers of each kind", () ->
        {
            boolean isEnough = true;
            for (int i = 0; i < before.size(); i++)
            {
                isEnough &= asked.get(i).get() - before.get(i) > SOME;
            }
            return isEnough;
        });
    }

    private ElectionListener listener()
    {
        return new ElectionListener()
        {
            @Override
            public void onElected(final ElectionTerm term)
            {
                elected.add(term);
            }

            @Override
            public void onDeposed(final ElectionTerm term)
            {
            }
        };
    }

    private static List<Long> join(final CompletableFuture<List<Long>> one, final CompletableFuture<List<Long>> two)
    {
        final List<Long> all = new ArrayList<>(get(one));
        all.addAll(get(two));
        return all;
    }

    private static List<Long> get(final CompletableFuture<List<Long>> answers)
    {
        return answers.orTimeout(LIMIT_S, TimeUnit.SECONDS).join();
    }

    /**
     * A term of his may end where nothing ran here for long, and the next one begins.
     */
    private static boolean isLedBy(final String candidate, final GridElection election)
    {
        final ElectionLeader leader = election.leader();
        return leader != null && leader.candidate().equals(candidate);
    }

    private static void assertRising(final List<Long> numbers)
    {
        assertEquals(numbers.stream().sorted().toList(), numbers);
    }

    @Test
    void shouldLoseAndDoubleNothingAndElectTheNextWhenThePrimaryIsGone() throws InterruptedException
    {
        grid.startThree();
        final DrivenNode gone = grid.primaryOf("book");
        final Grid first = grid.connect().grid();
        final Grid second = grid.connect().grid();
        final GridClient ada = grid.connect();
        final ElectionTerm term = ada.grid().election(NAME, TERM).campaign("ada");
        final GridElection election = second.election(NAME, TERM);
        try (Candidacy bob = election.stand("bob", listener()))
        {
            final List<AtomicInteger> asked = LongStream.range(0, 6).mapToObj((i) -> new AtomicInteger()).toList();
            final GridCounter counter = second.counter(NAME);
            final GridSequence blocks = second.sequence(NAME, 3);
            final CompletableFuture<List<Long>> one = askMany(increments(first.counter(NAME)), asked.get(0));
            final CompletableFuture<List<Long>> other = askMany(increments(counter), asked.get(1));
            final CompletableFuture<List<Long>> single = ask(first.sequence(NAME)::next, asked.get(2));
            final CompletableFuture<List<Long>> inBlocks = ask(blocks::next, asked.get(3));
            final CompletableFuture<List<Long>> idsOfOne = ask(ids(first), asked.get(4));
            final CompletableFuture<List<Long>> idsOfOther = ask(ids(second), asked.get(5));
            awaitMore(asked);
            gone.freeze();
            awaitMore(asked);
            ada.close();
            final ElectionTerm next = elected.poll(LIMIT_S, TimeUnit.SECONDS);
            assertNotNull(next, "nobody was elected: " + bob);
            assertTrue(next.fence() > term.fence());
            assertFalse(term.isLeader());
            TestGrid.await("bob to lead", () -> isLedBy("bob", first.election(NAME)));
            isOver = true;

            final List<Long> counted = join(one, other);
            assertEquals(
                LongStream.rangeClosed(1, counted.size()).boxed().toList(), counted.stream().sorted().toList());
            assertEquals(counted.size(), counter.get());
            assertRising(get(single));
            assertRising(get(inBlocks));
            assertUnique(join(single, inBlocks));
            assertUnique(join(idsOfOne, idsOfOther));
        }
        gone.control.close();
        gone.thaw();
    }

    private static void assertUnique(final List<Long> numbers)
    {
        assertEquals(numbers.size(), new HashSet<>(numbers).size(), () -> "given twice: " + numbers.stream()
            .collect(Collectors.groupingBy((number) -> number, Collectors.counting())).entrySet().stream()
            .filter((times) -> times.getValue() > 1).limit(3).toList());
    }
}
