/** Consistent copies of tables, in ranges, at an exported snapshot. */
@NullMarked
package dev.leat.postgres.snapshot;

import org.jspecify.annotations.NullMarked;
