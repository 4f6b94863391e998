/** Where secrets are kept that flow files refer to. */
@NullMarked
package dev.leat.spi.credential;

import org.jspecify.annotations.NullMarked;
