/** The replication runtime: snapshot, stream, hand-over and error policy. */
@NullMarked
package dev.leat.replication;

import org.jspecify.annotations.NullMarked;
