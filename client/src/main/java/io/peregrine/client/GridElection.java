package io.peregrine.client;

import java.time.Duration;

/**
 * An election of the grid, by its name: of those who campaign, one at a time leads, for a term. A term is a lock that
 * is held: what is said of leases and fences there is true of terms, and what a leader writes with the fence of its
 * term is refused once a later one has written. For any number of threads.
 */
public interface GridElection
{
    /**
     * @return name of the election.
     */
    String name();

    /**
     * Campaign until elected, in line behind those who campaign already.
     *
     * @param candidate name by which others know who leads, of 1 to 255 bytes of UTF-8 without control characters.
     * @return the term, which is renewed automatically.
     */
    ElectionTerm campaign(String candidate);

    /**
     * Campaign for some time, in line behind those who campaign already.
     *
     * @param candidate name by which others know who leads, of 1 to 255 bytes of UTF-8 without control characters.
     * @param wait      the longest time in line, 0 to 146 years; 0 for not waiting.
     * @return the term, which is renewed automatically; null if another leads to the end of that time.
     */
    ElectionTerm campaign(String candidate, Duration wait);

    /**
     * Campaign again and again, on a thread of its own, until that is closed.
     *
     * @param candidate name by which others know who leads, of 1 to 255 bytes of UTF-8 without control characters.
     * @param listener  is told of each term, on that thread.
     * @return to be closed.
     */
    Candidacy stand(String candidate, ElectionListener listener);

    /**
     * Who leads, as the grid knows it. By the time that it is read it may be another.
     *
     * @return null if nobody does, or one who was elected just now and has not been told yet.
     */
    ElectionLeader leader();

    /**
     * The term of one who was elected elsewhere, in another process too, as {@link GridLock#adopt}.
     *
     * @param holder of the lease of the term there.
     * @param fence  of the term there.
     * @return a term, to be renewed by its lease, or resigned.
     */
    ElectionTerm adopt(long holder, long fence);

    /**
     * End the term of whoever leads, for operators: the next in line is elected. Who led is told when its lease is
     * renewed, and believes until then that it leads.
     *
     * @return false if nobody led.
     */
    boolean depose();

    /**
     * The same election without waiting.
     *
     * @return a handle for any number of threads.
     */
    AsyncGridElection async();
}
