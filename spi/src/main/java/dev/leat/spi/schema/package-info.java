/** Tables, columns and their engine-independent types. */
@NullMarked
package dev.leat.spi.schema;

import org.jspecify.annotations.NullMarked;
