/** Datasets as files: written aside, then seen as a whole. */
@NullMarked
package dev.leat.flow.export;

import org.jspecify.annotations.NullMarked;
