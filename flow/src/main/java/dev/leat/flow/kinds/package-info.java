/** The kinds of steps that Leat has by itself. */
@NullMarked
package dev.leat.flow.kinds;

import org.jspecify.annotations.NullMarked;
