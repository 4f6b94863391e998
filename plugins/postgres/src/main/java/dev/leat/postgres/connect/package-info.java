/**
 * Sessions with PostgreSQL servers, through pgjdbc and, on the same sockets, in the wire protocol
 * itself.
 */
@NullMarked
package dev.leat.postgres.connect;

import org.jspecify.annotations.NullMarked;
