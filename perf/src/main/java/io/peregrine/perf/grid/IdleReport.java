package io.peregrine.perf.grid;

import io.peregrine.perf.rig.JsonLines;

import java.util.Locale;

/**
 * What an idle node takes.
 *
 * @param memoryMb resident, shared pages included.
 * @param threads  beside the JVM's own; one of them is that of the benchmark's process.
 * @param cpuShare of one core.
 */
public record IdleReport(double memoryMb, int threads, double cpuShare)
{
    private static final double PERCENT = 100;

    /**
     * As JSON.
     *
     * @return one object.
     */
    public String json()
    {
        return "{\"name\":\"idle\",\"mode\":\"udp\",\"memory_mb\":" + JsonLines.number(memoryMb) +
            ",\"threads\":" + threads +
            ",\"cpu_share\":" + JsonLines.number(cpuShare) +
            ",\"verdict\":\"OK\"}";
    }

    /**
     * For people.
     *
     * @return one line.
     */
    public String text()
    {
        return String.format(
            Locale.ROOT, "idle: %.0f MB resident, %d threads beside the JVM's own, %.1f %% of a core",
            memoryMb, threads, cpuShare * PERCENT);
    }
}
