/** What is remembered of flows, datasets, their shapes and runs, as versioned documents. */
@NullMarked
package dev.leat.flow.repository;

import org.jspecify.annotations.NullMarked;
