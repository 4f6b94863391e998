/** Checks: what is tested of a dataset before anybody sees it, and how. */
@NullMarked
package dev.leat.flow.check;

import org.jspecify.annotations.NullMarked;
