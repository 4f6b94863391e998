/** How a system makes itself and its options known to Leat. */
@NullMarked
package dev.leat.spi.plugin;

import org.jspecify.annotations.NullMarked;
