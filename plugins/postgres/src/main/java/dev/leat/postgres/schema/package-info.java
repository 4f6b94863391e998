/** What the catalogs say of tables, columns, keys and types. */
@NullMarked
package dev.leat.postgres.schema;

import org.jspecify.annotations.NullMarked;
