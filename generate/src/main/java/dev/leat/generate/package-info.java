/** Flows as code for other tools. */
@NullMarked
package dev.leat.generate;

import org.jspecify.annotations.NullMarked;
