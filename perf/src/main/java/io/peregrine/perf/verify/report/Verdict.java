package io.peregrine.perf.verify.report;

import java.util.Locale;

/**
 * What is found about a run.
 */
public enum Verdict
{
    /** Every answer can be explained, and nothing was lost without the grid saying so. */
    LINEARIZABLE("every answer can be explained"),
    /** An answer cannot be explained: the grid broke its word. */
    VIOLATION("an answer cannot be explained"),
    /** The grid reported a loss, and the faults of the run left it no right to one. */
    LOST("the grid reported a loss of what it had to keep"),
    /** Copies of a partition differ. */
    UNEQUAL("copies of a partition to which the same was applied do not hold the same"),
    /** Copies could not be compared. */
    UNCOMPARED("copies of a partition did not come together after all faults were over"),
    /** The judge gave up. */
    UNDECIDED("the history is too entangled to be judged to the end"),
    /** Too little was answered after the faults were over to say anything. */
    UNANSWERED("the grid did not answer again after all faults were over");

    private final String meaning;

    Verdict(final String meaning)
    {
        this.meaning = meaning;
    }

    /**
     * As machines read it.
     *
     * @return the word.
     */
    public String word()
    {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * As people read it.
     *
     * @return a clause.
     */
    public String meaning()
    {
        return meaning;
    }

    /**
     * May the run be passed?
     *
     * @return true for one of them.
     */
    public boolean isGood()
    {
        return this == LINEARIZABLE;
    }
}
