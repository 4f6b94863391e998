/** Networks that fail on demand. */
@NullMarked
package dev.leat.testkit.net;

import org.jspecify.annotations.NullMarked;
