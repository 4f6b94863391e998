@NullMarked
package dev.leat.spi.storage;

import org.jspecify.annotations.NullMarked;
