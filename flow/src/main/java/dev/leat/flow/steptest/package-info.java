/** Tests of steps with given and expected rows. */
@NullMarked
package dev.leat.flow.steptest;

import org.jspecify.annotations.NullMarked;
