package io.peregrine.transport.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class JvmFlagsTest
{
    static final class Child
    {
        private Child()
        {
        }

        public static void main(final String[] args)
        {
            try
            {
                JvmFlags.check();
                System.out.print("fit");
            }
            catch (final StartupException ex)
            {
                System.out.print(ex.getMessage());
            }
        }
    }

    @Test
    void shouldAcceptThisJvmAsTestsHaveTheFlags()
    {
        assertDoesNotThrow(JvmFlags::check);
    }

    @Test
    void shouldPrintTheExactFlagsWhenTheyAreMissing() throws Exception
    {
        final String output = ChildJvm.output(ChildJvm.start(Child.class, List.of()));

        assertTrue(output.contains("without: --add-exports java.base/jdk.internal.misc=ALL-UNNAMED"), output);
    }

    @Test
    void shouldBeContentWhenTheJvmHasExactlyWhatItPrints() throws Exception
    {
        assertEquals("fit",
            ChildJvm.output(ChildJvm.start(Child.class, List.of(JvmFlags.REQUIRED.split(" ")))));
    }
}
