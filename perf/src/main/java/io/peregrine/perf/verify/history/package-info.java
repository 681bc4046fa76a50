/**
 * What clients asked and were told: as they write it down while they do so, as one history of all of them, as the EDN
 * that other checkers read, and as calls for the judge. Pure but for the log of a client.
 */
package io.peregrine.perf.verify.history;
