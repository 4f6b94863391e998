/** A flow as SQL scripts. */
@NullMarked
package dev.leat.generate.sql;

import org.jspecify.annotations.NullMarked;
