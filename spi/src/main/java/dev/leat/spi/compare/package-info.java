/** How two systems that hold the same table find out where it differs, without moving its rows. */
@NullMarked
package dev.leat.spi.compare;

import org.jspecify.annotations.NullMarked;
