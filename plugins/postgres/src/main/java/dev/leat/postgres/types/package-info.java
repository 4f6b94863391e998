/** PostgreSQL's types: what they become, and how their values are decoded. Pure, no I/O. */
@NullMarked
package dev.leat.postgres.types;

import org.jspecify.annotations.NullMarked;
