/** SQLite as a state store. */
@NullMarked
package dev.leat.sqlite;

import org.jspecify.annotations.NullMarked;
