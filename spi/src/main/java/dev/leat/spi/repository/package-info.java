/** Where what Leat knows of flows, datasets and runs is kept. */
@NullMarked
package dev.leat.spi.repository;

import org.jspecify.annotations.NullMarked;
