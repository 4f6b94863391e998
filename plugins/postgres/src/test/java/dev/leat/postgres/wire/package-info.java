@NullMarked
package dev.leat.postgres.wire;

import org.jspecify.annotations.NullMarked;
