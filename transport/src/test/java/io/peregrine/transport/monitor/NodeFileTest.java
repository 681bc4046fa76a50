package io.peregrine.transport.monitor;

import io.peregrine.transport.process.ChildJvm;
import io.peregrine.transport.process.JvmFlags;
import io.peregrine.transport.process.StartupException;
import org.agrona.concurrent.status.AtomicCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class NodeFileTest
{
    private static final long NOW = 1_800_000_000_000L;

    static final class Victim
    {
        private Victim()
        {
        }

        public static void main(final String[] args) throws IOException
        {
            final NodeFile file = NodeFile.create(Path.of(args[0]), "victim", () -> NOW);
            file.newCounter(CounterType.REQUESTS).set(42);
            file.onError(new IllegalStateException("last words"));
            System.out.print("r");
            System.out.flush();
            System.in.read();
        }
    }

    @TempDir
    Path dir;

    @Test
    void shouldShowNameProcessAndActivity()
    {
        try (NodeFile file = create("a"); NodeFileView view = NodeFileView.open(file.path()))
        {
            assertEquals("a", view.name());
            assertEquals(ProcessHandle.current().pid(), view.pid());
            assertTrue(view.isProcessAlive());
            assertEquals(NOW, view.startMs());
            assertEquals(NOW, view.lastActivityMs());

            file.activity(NOW + 7);
            assertEquals(NOW + 7, view.lastActivityMs());
        }
    }

    @Test
    void shouldShowCountersWithTheirTypeAndAgent()
    {
        try (NodeFile file = create("a"); NodeFileView view = NodeFileView.open(file.path()))
        {
            final AtomicCounter requests = file.newCounter(CounterType.REQUESTS, 3);
            requests.increment();

            assertEquals(1, view.counters().getCounterValue(requests.id()));
            assertEquals(CounterType.REQUESTS.id(), view.counters().getCounterTypeId(requests.id()));
            assertEquals("requests agent=3", view.counters().getCounterLabel(requests.id()));
        }
    }

    @Test
    void shouldKeepOneTextOfAnErrorHoweverOftenItComes()
    {
        try (NodeFile file = create("a"); NodeFileView view = NodeFileView.open(file.path()))
        {
            for (int i = 0; i < 3; i++)
            {
                file.onError(new IllegalStateException("boom"));
            }
            final List<String> shown = new ArrayList<>();
            view.errors((count, first, last, text) -> shown.add(count + " " + text));

            assertEquals(1, shown.size());
            assertTrue(shown.get(0).startsWith("3 java.lang.IllegalStateException: boom"), shown.get(0));
            assertEquals(3, valueOf(view, CounterType.ERRORS));
        }
    }

    @Test
    void shouldCountWhatTheErrorLogHasNoRoomFor()
    {
        try (NodeFile file = create("a"); NodeFileView view = NodeFileView.open(file.path()))
        {
            final String longText = "x".repeat(NodeFile.ERROR_LOG_LENGTH);
            file.onError(new IllegalStateException(longText));

            assertEquals(1, valueOf(view, CounterType.ERRORS));
            assertEquals(1, valueOf(view, CounterType.ERRORS_UNLOGGED));
        }
    }

    @Test
    void shouldGoWithAnOrderlyCloseAndDropWhatIsCountedAfterIt()
    {
        final NodeFile file = create("a");
        final AtomicCounter counter = file.newCounter(CounterType.REQUESTS);
        file.close();
        counter.increment();
        file.onError(new IllegalStateException("late"));
        file.close();

        assertFalse(Files.exists(file.path()));
    }

    @Test
    void shouldRefuseANameThatALiveNodeOfThisProcessHas()
    {
        try (NodeFile file = create("a"))
        {
            assertTrue(assertThrows(StartupException.class, () -> create("a")).getMessage().contains("'a'"));
            assertTrue(Files.exists(file.path()));
            create("b").close();
        }
        create("a").close();
    }

    @Test
    void shouldBeReadableAfterAKillAndReplacedByTheNextStart() throws Exception
    {
        final Process child =
            ChildJvm.start(Victim.class, List.of(JvmFlags.REQUIRED.split(" ")), dir.toString());
        try
        {
            assertEquals('r', child.getInputStream().read());
            final StartupException refusal = assertThrows(StartupException.class, () -> create("victim"));
            assertTrue(refusal.getMessage().contains("process " + child.pid()), refusal.getMessage());
        }
        finally
        {
            child.destroyForcibly().waitFor();
        }
        try (NodeFileView view = NodeFileView.open(LiveDirectory.fileOf(dir, "victim")))
        {
            assertFalse(view.isProcessAlive());
            assertEquals(42, valueOf(view, CounterType.REQUESTS));
            final List<String> shown = new ArrayList<>();
            view.errors((count, first, last, text) -> shown.add(text));
            assertTrue(shown.get(0).contains("last words"), shown::toString);
        }
        try (NodeFile file = create("victim"); NodeFileView view = NodeFileView.open(file.path()))
        {
            assertEquals(ProcessHandle.current().pid(), view.pid());
            assertEquals(0, valueOf(view, CounterType.ERRORS));
        }
    }

    @Test
    void shouldSweepTheFilesOfNodesLongDead() throws Exception
    {
        final Process child =
            ChildJvm.start(Victim.class, List.of(JvmFlags.REQUIRED.split(" ")), dir.toString());
        assertEquals('r', child.getInputStream().read());
        final long later = NOW + NodeFileClaim.KEPT_MS + 1;

        NodeFile.create(dir, "early", () -> later).close();
        assertEquals(List.of(LiveDirectory.fileOf(dir, "victim")), LiveDirectory.files(dir));

        child.destroyForcibly().waitFor();
        NodeFile.create(dir, "soon", () -> later - 1).close();
        assertEquals(List.of(LiveDirectory.fileOf(dir, "victim")), LiveDirectory.files(dir));
        NodeFile.create(dir, "late", () -> later).close();
        assertEquals(List.of(), LiveDirectory.files(dir));
    }

    @Test
    void shouldSayWhatIsWrongWithAFileThatIsNoNodes() throws IOException
    {
        assertProblem(dir.resolve("none.node"), "there is no file");
        assertProblem(Files.write(dir.resolve("short.node"), new byte[8]), "is not the file of a node");
        assertProblem(Files.write(dir.resolve("new.node"), new byte[NodeFile.LENGTH]), "is not complete");
        final byte[] noise = new byte[NodeFile.LENGTH];
        noise[8] = 1;
        assertProblem(Files.write(dir.resolve("noise.node"), noise), "is not the file of a node");
        try (NodeFile file = create("a"))
        {
            final byte[] copy = Files.readAllBytes(file.path());
            copy[8] = 9;
            assertProblem(Files.write(dir.resolve("next.node"), copy), "is of version 9");
            copy[8] = 1;
            copy[14] = 1;
            assertProblem(Files.write(dir.resolve("cut.node"), copy), "is damaged");
        }
    }

    @Test
    void shouldRefuseADirectoryThatCannotBeWritten() throws IOException
    {
        final Path file = Files.createFile(dir.resolve("file"));

        assertThrows(StartupException.class, () -> NodeFile.create(file, "a", () -> NOW));
        assertThrows(StartupException.class, () -> NodeFile.create(file.resolve("b"), "a", () -> NOW));
    }

    @Test
    void shouldGiveEachCounterAnIdOfItsOwn()
    {
        final Set<Integer> ids = new HashSet<>();
        final Set<String> labels = new HashSet<>();
        for (final CounterType type : CounterType.values())
        {
            assertTrue(ids.add(type.id()), type::label);
            assertTrue(labels.add(type.label()), type::label);
            assertEquals(type, CounterType.of(type.id()));
        }
    }

    private NodeFile create(final String name)
    {
        return NodeFile.create(dir, name, () -> NOW);
    }

    private static void assertProblem(final Path file, final String problem)
    {
        final String message = assertThrows(NotANodeFileException.class, () -> NodeFileView.open(file)).getMessage();
        assertTrue(message.contains(problem) && message.contains(file.toString()), message);
    }

    private static long valueOf(final NodeFileView view, final CounterType type)
    {
        final long[] value = {-1};
        view.counters().forEach((id, typeId, key, label) ->
        {
            if (typeId == type.id())
            {
                value[0] = view.counters().getCounterValue(id);
            }
        });
        return value[0];
    }
}
