/** A flow as a dbt project. */
@NullMarked
package dev.leat.generate.dbt;

import org.jspecify.annotations.NullMarked;
