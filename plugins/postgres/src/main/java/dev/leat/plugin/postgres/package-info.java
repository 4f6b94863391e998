/** PostgreSQL as a source. */
@NullMarked
package dev.leat.plugin.postgres;

import org.jspecify.annotations.NullMarked;
