/** Kinds of steps: what a step of a flow may be, and how it becomes instructions. */
@NullMarked
package dev.leat.spi.kind;

import org.jspecify.annotations.NullMarked;
