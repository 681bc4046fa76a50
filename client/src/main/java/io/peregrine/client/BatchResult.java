package io.peregrine.client;

import java.util.List;

/**
 * What became of a batch.
 *
 * @param applied      whether all commands were carried out; otherwise none was.
 * @param firstRefused the place of the first command that was not possible, from 0; -1 if all were.
 * @param results      one for each command, in their order. Of a batch that was not carried out, the one at
 *                     {@code firstRefused} says why, and the others are as if their conditions had not held.
 */
public record BatchResult(boolean applied, int firstRefused, List<KeyResult> results)
{
    static final BatchResult EMPTY = new BatchResult(true, -1, List.of());
}
