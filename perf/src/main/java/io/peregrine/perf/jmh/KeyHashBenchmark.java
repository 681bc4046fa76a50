package io.peregrine.perf.jmh;

import io.peregrine.client.port.KeyHash;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * The hash of a key.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KeyHashBenchmark
{
    @Param({"8", "16", "64", "1024"})
    private int length;
    private UnsafeBuffer key;

    /**
     * Make the key.
     */
    @Setup
    public void setup()
    {
        key = new UnsafeBuffer(new byte[length]);
    }

    /**
     * Hash it.
     *
     * @return the hash, so that it is not left out.
     */
    @Benchmark
    public long hash()
    {
        return KeyHash.hash(key, 0, length);
    }
}
