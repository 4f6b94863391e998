/** Files whose rows become datasets, each exactly once. */
@NullMarked
package dev.leat.flow.load;

import org.jspecify.annotations.NullMarked;
