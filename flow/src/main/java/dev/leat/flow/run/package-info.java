/** Runs: steps carried out in parallel, checked, published, recorded and resumed. */
@NullMarked
package dev.leat.flow.run;

import org.jspecify.annotations.NullMarked;
