/** The engines of a flow, and where its datasets are in them. */
@NullMarked
package dev.leat.flow.engine;

import org.jspecify.annotations.NullMarked;
