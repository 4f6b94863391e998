/** Errors that say what happened, where, and what to do. */
@NullMarked
package dev.leat.spi.error;

import org.jspecify.annotations.NullMarked;
