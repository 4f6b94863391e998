/**
 * Replications from within a program: {@link dev.leat.library.Leat}. Also opens what a flow file
 * names.
 */
@NullMarked
package dev.leat.library;

import org.jspecify.annotations.NullMarked;
