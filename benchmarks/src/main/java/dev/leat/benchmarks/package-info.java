/** What the figures in README come from. */
@NullMarked
package dev.leat.benchmarks;

import org.jspecify.annotations.NullMarked;
