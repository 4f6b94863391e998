/** Systems that compute where the data is. */
@NullMarked
package dev.leat.spi.engine;

import org.jspecify.annotations.NullMarked;
