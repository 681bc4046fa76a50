package io.peregrine.perf.rig;

/**
 * One row of the report.
 *
 * @param name      of the row.
 * @param mode      of the grid.
 * @param threads   that drove load.
 * @param rate      that an open loop offered, 0 for a closed one.
 * @param subject   medians of its turns.
 * @param floorName what it was measured against, or null.
 * @param floor     medians of its turns, or null.
 * @param spread    of the ratio (without a floor, of the time of an operation) over the rounds.
 * @param verdict   whether to believe it.
 */
public record Result(
    String name,
    String mode,
    int threads,
    long rate,
    Measurement subject,
    String floorName,
    Measurement floor,
    double spread,
    Verdict verdict)
{
    /**
     * Time of an operation in parts of the floor's.
     *
     * @return the ratio, or NaN without a floor.
     */
    public double ratio()
    {
        return floor == null ? Double.NaN : subject.nsPerOp() / floor.nsPerOp();
    }

    /**
     * The same of the medians of single operations.
     *
     * @return the ratio, or NaN without a floor.
     */
    public double ratioP50()
    {
        return floor == null ? Double.NaN : subject.p50Us() / floor.p50Us();
    }

    /**
     * The same at 99 %.
     *
     * @return the ratio, or NaN without a floor.
     */
    public double ratioP99()
    {
        return floor == null ? Double.NaN : subject.p99Us() / floor.p99Us();
    }
}
