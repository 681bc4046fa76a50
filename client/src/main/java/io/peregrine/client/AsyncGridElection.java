package io.peregrine.client;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * An election of the grid without waiting, as {@link AsyncGridLock} is a lock: its words on order, threads and limits
 * hold. Whoever ends the stage of a campaign itself, by {@code cancel} or otherwise, stands no longer: it leaves the
 * line, or resigns if it was elected meanwhile. For any number of threads.
 */
public interface AsyncGridElection
{
    /**
     * Campaign until elected, in line behind those who campaign already.
     *
     * @param candidate name by which others know who leads, of 1 to 255 bytes of UTF-8 without control characters.
     * @return the term, which is renewed automatically.
     */
    CompletionStage<ElectionTerm> campaign(String candidate);

    /**
     * Campaign for some time, in line behind those who campaign already.
     *
     * @param candidate name by which others know who leads, of 1 to 255 bytes of UTF-8 without control characters.
     * @param wait      the longest time in line, 0 to 146 years; 0 for not waiting.
     * @return the term, which is renewed automatically; null if another leads to the end of that time.
     */
    CompletionStage<ElectionTerm> campaign(String candidate, Duration wait);

    /**
     * Lead no longer, as {@link ElectionTerm#resign}.
     *
     * @param term of this grid.
     * @return a stage that completes once that is done; with {@link FailedException} and {@link ErrorCode#NOT_HOLDER}
     *         if the term is lost or was resigned.
     */
    CompletionStage<Void> resign(ElectionTerm term);

    /**
     * Who leads, as {@link GridElection#leader}.
     *
     * @return null if nobody does, or one who was elected just now and has not been told yet.
     */
    CompletionStage<ElectionLeader> leader();

    /**
     * End the term of whoever leads, as {@link GridElection#depose}.
     *
     * @return false if nobody led.
     */
    CompletionStage<Boolean> depose();
}
