package io.peregrine.client.remote;

/**
 * What makes that a write is carried out at most once, and told truly, as questions that have one right answer each.
 * Not final, for tests that plant faults. Any thread.
 */
public class ClientRules
{
    /**
     * Is a request sent again under the number that it had? By it the nodes know what they did already.
     *
     * @return whether it is.
     */
    public boolean keepsItsNumber()
    {
        return true;
    }

    /**
     * One copy of a request was refused: may another have been carried out?
     *
     * @param copies that were sent.
     * @return whether the refusal of one is not the answer to the request.
     */
    public boolean mayBeDoneElsewhere(final int copies)
    {
        return copies > 1;
    }
}
