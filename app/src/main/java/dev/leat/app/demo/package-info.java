/** A whole replication on a database of its own. */
@NullMarked
package dev.leat.app.demo;

import org.jspecify.annotations.NullMarked;
