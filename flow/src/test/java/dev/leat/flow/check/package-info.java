@NullMarked
package dev.leat.flow.check;

import org.jspecify.annotations.NullMarked;
