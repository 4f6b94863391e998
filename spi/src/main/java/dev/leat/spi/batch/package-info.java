/** The columnar data plane: rows and changes as Arrow vectors, filled once from wire bytes. */
@NullMarked
package dev.leat.spi.batch;

import org.jspecify.annotations.NullMarked;
