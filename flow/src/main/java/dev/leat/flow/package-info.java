/** Flows: steps planned into a graph, run, checked and published. */
@NullMarked
package dev.leat.flow;

import org.jspecify.annotations.NullMarked;
