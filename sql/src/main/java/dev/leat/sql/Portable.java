package dev.leat.sql;

import dev.leat.spi.sql.PortableFunction;
import org.jspecify.annotations.Nullable;

/** What portable SQL has as a function or operator. */
sealed interface Portable permits PortableOperator, PortableAggregate {

  /** Null for operators that all engines write alike. */
  @Nullable PortableFunction function();

  Signature signature();
}
