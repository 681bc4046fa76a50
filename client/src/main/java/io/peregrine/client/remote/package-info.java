/**
 * The way to a grid over the network: lanes whose requests are kept until they are answered and sent again when a
 * connection was lost, each write carried out at most once. The rules ({@code LaneCore} and what it is made of) know no
 * clock, thread or connection of their own; the lane's thread drives them. {@code RemotePort} is the shell: one lock,
 * under which whoever waits moves the messages of all lanes.
 */
package io.peregrine.client.remote;
