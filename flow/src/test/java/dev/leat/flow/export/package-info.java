@NullMarked
package dev.leat.flow.export;

import org.jspecify.annotations.NullMarked;
