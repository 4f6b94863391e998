/** What the figures in the README come from. */
@NullMarked
package dev.leat.benchmarks;

import org.jspecify.annotations.NullMarked;
