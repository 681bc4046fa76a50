/**
 * Off-heap memory: the node's budget, the pages of one data agent, the slabs of one partition. Owned by the data
 * agent's thread, except where a class says otherwise. Imports Agrona only.
 */
package io.peregrine.storage.memory;
