/**
 * Endpoints of a media driver that trust nothing they receive: datagrams are checked before the driver follows what
 * they say, and new streams come in no faster than the driver can make them. On the driver's thread.
 */
package io.peregrine.transport.guard;
