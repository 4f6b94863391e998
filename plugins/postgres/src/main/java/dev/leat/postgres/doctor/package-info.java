/** A close look at a server: what would go wrong, and what makes it well. */
@NullMarked
package dev.leat.postgres.doctor;

import org.jspecify.annotations.NullMarked;
