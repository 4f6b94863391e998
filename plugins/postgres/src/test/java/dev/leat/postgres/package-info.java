@NullMarked
package dev.leat.postgres;

import org.jspecify.annotations.NullMarked;
