/**
 * The sessions of one partition and the results kept for retries: replicated, deterministic state. Owned by the data
 * agent's thread. Imports the generated codec and Agrona only.
 */
package io.peregrine.storage.session;
