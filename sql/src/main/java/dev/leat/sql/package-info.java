/** Portable SQL: relations and queries are typed, traced and written in an engine's dialect. */
@NullMarked
package dev.leat.sql;

import org.jspecify.annotations.NullMarked;
