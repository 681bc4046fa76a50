package io.peregrine.transport.link;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class PacedConductorTest
{
    private static final int WORK = 3;

    private final AgentInvoker invoker = new AgentInvoker(Throwable::printStackTrace, null, new Counting());
    private final PacedConductor conductor = new PacedConductor(invoker);
    private int cycles;

    @BeforeEach
    void start()
    {
        invoker.start();
    }

    @AfterEach
    void close()
    {
        invoker.close();
    }

    @Test
    void shouldAskAtOnceAndThenAfterARest()
    {
        assertEquals(WORK, conductor.work(Long.MAX_VALUE));
        assertEquals(0, conductor.work(Long.MAX_VALUE + PacedConductor.REST_NS - 1));
        assertEquals(1, cycles);

        assertEquals(WORK, conductor.work(Long.MAX_VALUE + PacedConductor.REST_NS));
        assertEquals(0, conductor.work(Long.MAX_VALUE + PacedConductor.REST_NS + 1));
        assertEquals(2, cycles);
    }

    @Test
    void shouldNotRestWhenTheClockStandsStill()
    {
        conductor.work(100);
        conductor.work(100);

        assertEquals(2, cycles);
    }

    @Test
    void shouldAskWithoutARestWhenItIsInvoked()
    {
        conductor.work(100);
        conductor.invoke();
        conductor.invoke();

        assertEquals(3, cycles);
    }

    private final class Counting implements Agent
    {
        @Override
        public int doWork()
        {
            cycles++;
            return WORK;
        }

        @Override
        public String roleName()
        {
            return "counting";
        }
    }
}
