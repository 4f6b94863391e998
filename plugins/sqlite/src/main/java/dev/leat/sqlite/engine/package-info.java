/** SQLite as an engine: flows whose data is one file. */
@NullMarked
package dev.leat.sqlite.engine;

import org.jspecify.annotations.NullMarked;
