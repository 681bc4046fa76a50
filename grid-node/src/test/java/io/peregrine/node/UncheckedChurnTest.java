package io.peregrine.node;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/**
 * The churn of {@link ChurnTest} in a process whose buffers check no bounds, as in production.
 */
class UncheckedChurnTest
{
    private static final int CHANGES = 6_000;

    /**
     * @param args none.
     * @throws InterruptedException when interrupted.
     */
    public static void main(final String[] args) throws InterruptedException
    {
        assertFalse(UnsafeBuffer.SHOULD_BOUNDS_CHECK);
        new ChurnTest().churn(Nodes.context(Threading.INLINE).partitions(8), CHANGES);
    }

    @Test
    @Timeout(240)
    void shouldReadWholeValuesOrTypedErrorsWhenNoBoundsAreChecked() throws Exception
    {
        final Process process = ChildNode.start(UncheckedChurnTest.class, List.of(
            "--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED", "-Dagrona.disable.bounds.checks=true"));
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, process.waitFor(), output);
    }
}
