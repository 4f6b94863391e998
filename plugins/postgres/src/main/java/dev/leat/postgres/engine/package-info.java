/** PostgreSQL as a system that computes: its dialect, its tables, and publishing into them. */
@NullMarked
package dev.leat.postgres.engine;

import org.jspecify.annotations.NullMarked;
