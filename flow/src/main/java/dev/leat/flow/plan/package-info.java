/** What a run would do: every step expanded, typed and written for its engine. */
@NullMarked
package dev.leat.flow.plan;

import org.jspecify.annotations.NullMarked;
