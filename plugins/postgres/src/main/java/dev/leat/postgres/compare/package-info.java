/** The source's side of a comparison. */
@NullMarked
package dev.leat.postgres.compare;

import org.jspecify.annotations.NullMarked;
