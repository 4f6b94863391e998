@NullMarked
package dev.leat.postgres.snapshot;

import org.jspecify.annotations.NullMarked;
