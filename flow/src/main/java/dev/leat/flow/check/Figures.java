package dev.leat.flow.check;

import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.source.BatchReader;
import dev.leat.sql.CompiledQuery;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;

/**
 * Numbers by name, as a query for one row gives them.
 *
 * @param values those that are not NULL
 */
record Figures(Map<String, Number> values) {
  Figures {
    values = Map.copyOf(values);
  }

  /** Runs a query that gives one row of numbers. */
  static Figures read(Engine engine, CompiledQuery query, Cancellation cancellation) {
    Map<String, Number> values = new HashMap<>();
    try (BatchReader reader = engine.read(query.sql(), query.columns(), cancellation);
        RowBatch row = reader.next()) {
      if (row == null) {
        throw new IllegalStateException("an aggregate over all rows gave no row");
      }
      for (int i = 0; i < query.columns().size(); i++) {
        FieldVector vector = row.root().getVector(i);
        if (!vector.isNull(0) && vector.getObject(0) instanceof Number number) {
          values.put(query.columns().get(i).name(), number);
        }
      }
    }
    return new Figures(values);
  }

  /** Those whose names begin with {@code prefix}, without it, and all of {@code others}. */
  Figures of(String prefix, Figures others) {
    Map<String, Number> some = new HashMap<>(others.values());
    values.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            some.put(name.substring(prefix.length()), value);
          }
        });
    return new Figures(some);
  }

  static Figures none() {
    return new Figures(Map.of());
  }

  /** 0 if it is NULL. */
  long count(String name) {
    Number value = values.get(name);
    return value == null ? 0 : value.longValue();
  }

  /** Empty if it is NULL. */
  Optional<Double> number(String name) {
    return Optional.ofNullable(values.get(name)).map(Number::doubleValue);
  }

  /** Empty if it is NULL or no finite number. */
  Optional<BigDecimal> exact(String name) {
    return switch (values.get(name)) {
      case null -> Optional.empty();
      case BigDecimal decimal -> Optional.of(decimal);
      case Double value ->
          Double.isFinite(value) ? Optional.of(new BigDecimal(value)) : Optional.empty();
      case Float value ->
          Float.isFinite(value) ? Optional.of(new BigDecimal(value)) : Optional.empty();
      case Number whole -> Optional.of(BigDecimal.valueOf(whole.longValue()));
    };
  }

  /** Whether it is a number whose last digits depend on the order in which rows were added. */
  boolean isApproximate(String name) {
    return values.get(name) instanceof Double || values.get(name) instanceof Float;
  }
}
