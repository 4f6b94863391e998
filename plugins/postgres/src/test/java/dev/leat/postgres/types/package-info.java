@NullMarked
package dev.leat.postgres.types;

import org.jspecify.annotations.NullMarked;
