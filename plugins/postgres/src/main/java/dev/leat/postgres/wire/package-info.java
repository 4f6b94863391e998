/** COPY data and pgoutput messages, decoded into columns. Pure, no connections. */
@NullMarked
package dev.leat.postgres.wire;

import org.jspecify.annotations.NullMarked;
