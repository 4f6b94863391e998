/** PostgreSQL as a source: consistent copies, then every change from the write-ahead log. */
@NullMarked
package dev.leat.postgres;

import org.jspecify.annotations.NullMarked;
