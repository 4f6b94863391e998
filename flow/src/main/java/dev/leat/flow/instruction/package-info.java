/** Instructions written in Java, as JSON, and as fingerprints. */
@NullMarked
package dev.leat.flow.instruction;

import org.jspecify.annotations.NullMarked;
