/** What portable SQL knows, and how an engine wants it written. */
@NullMarked
package dev.leat.spi.sql;

import org.jspecify.annotations.NullMarked;
