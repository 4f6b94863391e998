/**
 * One suite for all engines: every function, every relation, every write and every kind of step,
 * compared by rows with what it is to mean. An engine joins with one line in {@link
 * dev.leat.app.conformance.ConformanceEngine#ALL}. Rows are full of NULLs, so that nothing here is
 * checked for them.
 */
@NullUnmarked
package dev.leat.app.conformance;

import org.jspecify.annotations.NullUnmarked;
