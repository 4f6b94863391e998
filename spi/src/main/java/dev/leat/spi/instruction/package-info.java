/**
 * What a step wants, independent of any engine: a query over datasets, and how its rows are
 * written.
 */
@NullMarked
package dev.leat.spi.instruction;

import org.jspecify.annotations.NullMarked;
