package io.peregrine.perf.sim.workload;

/**
 * What an answer says of one entry.
 *
 * @param key     of the entry.
 * @param value   that is there, null for none; a number or a text.
 * @param version of it, 0 for none.
 */
record Seen(String key, Object value, long version)
{
}
