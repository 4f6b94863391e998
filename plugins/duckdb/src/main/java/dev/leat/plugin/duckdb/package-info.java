/** DuckDB as a destination. */
@NullMarked
package dev.leat.plugin.duckdb;

import org.jspecify.annotations.NullMarked;
