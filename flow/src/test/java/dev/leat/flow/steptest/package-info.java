@NullMarked
package dev.leat.flow.steptest;

import org.jspecify.annotations.NullMarked;
