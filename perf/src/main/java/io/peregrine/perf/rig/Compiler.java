package io.peregrine.perf.rig;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says whether the just-in-time compiler of this process is at work. As long as it is, it takes a core from what is
 * measured, and whoever lets it run waits for a whole time slice of it. One thread.
 */
final class Compiler
{
    /**
     * It is at rest when it works no more than this part of the time.
     */
    static final double REST = 0.1;

    private final LongSupplier workedMs;
    private long beforeMs;

    /**
     * @param workedMs milliseconds that it has worked since the process began, all its threads together.
     */
    Compiler(final LongSupplier workedMs)
    {
        this.workedMs = workedMs;
        beforeMs = workedMs.getAsLong();
    }

    /**
     * @return of this process; always at rest where there is none.
     */
    static Compiler ofProcess()
    {
        final CompilationMXBean bean = ManagementFactory.getCompilationMXBean();
        final boolean isTold = bean != null && bean.isCompilationTimeMonitoringSupported();
        return new Compiler(isTold ? bean::getTotalCompilationTime : () -> 0);
    }

    /**
     * @param passedNs since it was asked before, or made.
     * @return whether it has rested meanwhile.
     */
    boolean hasRested(final long passedNs)
    {
        final long nowMs = workedMs.getAsLong();
        final long worked = TimeUnit.MILLISECONDS.toNanos(nowMs - beforeMs);
        beforeMs = nowMs;
        return worked <= REST * passedNs;
    }
}
