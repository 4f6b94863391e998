/** Where records go: copies, changes and the progress kept with them. */
@NullMarked
package dev.leat.spi.destination;

import org.jspecify.annotations.NullMarked;
