package io.peregrine.transport.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class DirectoryLockTest
{
    static final class Holder
    {
        private Holder()
        {
        }

        public static void main(final String[] args) throws IOException
        {
            DirectoryLock.acquire(Path.of(args[0]));
            System.out.print("h");
            System.out.flush();
            System.in.read();
        }
    }

    @TempDir
    Path dir;

    @Test
    void shouldRefuseASecondHolderInThisProcess()
    {
        final DirectoryLock first = DirectoryLock.acquire(dir);

        assertTrue(refusal(dir).contains("another node of this process"));
        first.close();
        DirectoryLock.acquire(dir).close();
    }

    @Test
    void shouldStillHoldAfterASecondWasRefused() throws IOException
    {
        try (DirectoryLock lock = DirectoryLock.acquire(dir))
        {
            refusal(lock.directory());
            final Process child = ChildJvm.start(Holder.class, List.of(), dir.toString());
            assertTrue(ChildJvm.output(child).contains("process " + ProcessHandle.current().pid()));
        }
    }

    @Test
    void shouldNameTheHolderAndBeFreeAtOnceWhenItIsKilled() throws Exception
    {
        final Process child = ChildJvm.start(Holder.class, List.of(), dir.toString());
        try
        {
            assertEquals('h', child.getInputStream().read());
            assertTrue(refusal(dir).contains("process " + child.pid()), () -> refusal(dir));
        }
        finally
        {
            child.destroyForcibly().waitFor();
        }
        DirectoryLock.acquire(dir).close();
    }

    @Test
    void shouldKnowTheDirectoryByWhateverPath() throws IOException
    {
        final Path link = Files.createSymbolicLink(dir.resolve("link"), Files.createDirectory(dir.resolve("real")));
        try (DirectoryLock lock = DirectoryLock.acquire(link))
        {
            assertEquals(dir.resolve("real").toRealPath(), lock.directory());
            assertTrue(refusal(dir.resolve("real")).contains("in use"));
        }
    }

    @Test
    void shouldRefuseADirectoryThatCannotBeMade() throws IOException
    {
        final Path file = Files.createFile(dir.resolve("file"));

        assertTrue(refusal(file.resolve("below")).contains("cannot be created"));
        assertTrue(refusal(file).contains("cannot be"));
    }

    private static String refusal(final Path directory)
    {
        return assertThrows(StartupException.class, () -> DirectoryLock.acquire(directory)).getMessage();
    }
}
