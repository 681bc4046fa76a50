package io.peregrine.perf.rig;

/**
 * What was measured of one row, on one side. Of one turn, or the median of several.
 *
 * @param nsPerOp      time of one operation on its thread; in an open loop its mean latency since it was due.
 * @param p50Us        median of single operations, microseconds; so the following.
 * @param p99Us        99 %.
 * @param p999Us       99.9 %.
 * @param maxUs        the longest.
 * @param opsPerSecond over all threads, of this row.
 * @param bytesPerOp   allocated on the driving threads.
 * @param operations   done.
 * @param wrong        answers that were wrong or missing.
 * @param unsent       operations that an open loop should have sent and did not.
 * @param hiccups      part of the time that the machine took away, 0 to 1.
 */
public record Measurement(
    double nsPerOp,
    double p50Us,
    double p99Us,
    double p999Us,
    double maxUs,
    double opsPerSecond,
    double bytesPerOp,
    long operations,
    long wrong,
    long unsent,
    double hiccups)
{
    /**
     * The middle of several turns; counts are summed, the longest is the longest of all.
     *
     * @param turns at least one.
     * @return their median, field by field.
     */
    public static Measurement median(final Measurement[] turns)
    {
        double max = 0;
        long operations = 0;
        long wrong = 0;
        long unsent = 0;
        for (final Measurement turn : turns)
        {
            max = Math.max(max, turn.maxUs);
            operations += turn.operations;
            wrong += turn.wrong;
            unsent += turn.unsent;
        }

        return new Measurement(
            Medians.of(turns, Measurement::nsPerOp),
            Medians.of(turns, Measurement::p50Us),
            Medians.of(turns, Measurement::p99Us),
            Medians.of(turns, Measurement::p999Us),
            max,
            Medians.of(turns, Measurement::opsPerSecond),
            Medians.of(turns, Measurement::bytesPerOp),
            operations,
            wrong,
            unsent,
            Medians.of(turns, Measurement::hiccups));
    }
}
