/** Replication slots and the change stream. */
@NullMarked
package dev.leat.postgres.stream;

import org.jspecify.annotations.NullMarked;
