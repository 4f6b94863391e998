/** DuckDB as a destination. */
@NullMarked
package dev.leat.duckdb;

import org.jspecify.annotations.NullMarked;
