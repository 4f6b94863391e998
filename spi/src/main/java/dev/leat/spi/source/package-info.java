/** Where records come from: discovery, consistent snapshots, change streams. */
@NullMarked
package dev.leat.spi.source;

import org.jspecify.annotations.NullMarked;
