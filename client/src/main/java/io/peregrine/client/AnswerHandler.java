package io.peregrine.client;

import org.agrona.DirectBuffer;

/**
 * Receives the answers to requests that are sent without waiting for each.
 */
interface AnswerHandler
{
    /**
     * An answer.
     *
     * @param id     of the request.
     * @param buffer valid during the call only.
     * @param offset where its header begins.
     * @param length of header and message.
     */
    void onAnswer(long id, DirectBuffer buffer, int offset, int length);

    /**
     * No answer will be waited for any longer.
     *
     * @param id      of the request.
     * @param code    why: {@link ErrorCode#TIMEOUT} or {@link ErrorCode#CLOSED}.
     * @param notDone whether it certainly has no effect.
     */
    void onNoAnswer(long id, ErrorCode code, boolean notDone);
}
