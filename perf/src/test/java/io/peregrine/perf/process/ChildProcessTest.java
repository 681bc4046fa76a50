package io.peregrine.perf.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class ChildProcessTest
{
    @Test
    void shouldTalkWithAChildAndEndIt() throws InterruptedException
    {
        final ChildProcess child = Parrot.start();
        child.await(Parrot.BEGUN);
        child.tell("hello 1");

        assertEquals("1", child.await("hello "));
        assertTrue(child.isAlive());

        child.close();
        assertFalse(child.isAlive());
    }

    @Test
    void shouldSayThatAChildEndedByItself()
    {
        try (ChildProcess child = Parrot.start())
        {
            ProcessHandle.of(child.pid()).ifPresent(ProcessHandle::destroyForcibly);

            final IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> child.await("nothing of the kind"));
            assertTrue(failure.getMessage().contains("Parrot ended by itself, with code 137"), failure::getMessage);
        }
    }

    @Test
    void shouldEndAChildWhoseParentWasKilled() throws Exception
    {
        try (ChildProcess child = Parrot.start())
        {
            child.tell("parrot");
            final ProcessHandle grandchild = ProcessHandle.of(Long.parseLong(child.await("child "))).orElseThrow();

            child.kill();

            grandchild.onExit().get(60, TimeUnit.SECONDS);
            assertFalse(grandchild.isAlive());
        }
    }
}
