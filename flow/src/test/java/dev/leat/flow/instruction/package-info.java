@NullMarked
package dev.leat.flow.instruction;

import org.jspecify.annotations.NullMarked;
