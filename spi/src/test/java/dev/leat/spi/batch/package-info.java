@NullMarked
package dev.leat.spi.batch;

import org.jspecify.annotations.NullMarked;
