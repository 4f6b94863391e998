/** What depends on what. */
@NullMarked
package dev.leat.flow.graph;

import org.jspecify.annotations.NullMarked;
