/** Documents in a database. */
@NullMarked
package dev.leat.postgres.repository;

import org.jspecify.annotations.NullMarked;
