@NullMarked
package dev.leat.postgres.connect;

import org.jspecify.annotations.NullMarked;
