/** A run as one page to look at, which needs nothing but itself. */
@NullMarked
package dev.leat.flow.report;

import org.jspecify.annotations.NullMarked;
