@NullMarked
package dev.leat.flow.kinds;

import org.jspecify.annotations.NullMarked;
