/** The command line: the only place where plugins and runtime meet. */
@NullMarked
package dev.leat.app;

import org.jspecify.annotations.NullMarked;
