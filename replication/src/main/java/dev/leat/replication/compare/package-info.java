/** Whether a copy is what its source is, and where not. */
@NullMarked
package dev.leat.replication.compare;

import org.jspecify.annotations.NullMarked;
