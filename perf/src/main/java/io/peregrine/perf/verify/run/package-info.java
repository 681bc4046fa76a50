/**
 * The processes of a run: nodes with clients embedded in them, clients beside them, and the one that starts all of
 * them, befalls them with faults and reads what they did.
 */
package io.peregrine.perf.verify.run;
