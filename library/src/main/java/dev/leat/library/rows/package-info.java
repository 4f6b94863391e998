/** Destinations that take rows one by one: slower than columns, and written in an afternoon. */
@NullMarked
package dev.leat.library.rows;

import org.jspecify.annotations.NullMarked;
