/** Whether two tables in two systems hold the same rows, and which ones differ. */
@NullMarked
package dev.leat.testkit.compare;

import org.jspecify.annotations.NullMarked;
