/** SQLite as a state store. */
@NullMarked
package dev.leat.plugin.sqlite;

import org.jspecify.annotations.NullMarked;
