/** What a replication remembers between runs: leases, positions, table states, schema versions. */
@NullMarked
package dev.leat.spi.state;

import org.jspecify.annotations.NullMarked;
