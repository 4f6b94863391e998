package dev.leat.app.conformance;

import static dev.leat.app.conformance.Workbench.column;
import static dev.leat.app.conformance.Workbench.onEveryEngine;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.sql.CompiledQuery;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.arrow.vector.PeriodDuration;
import org.junit.jupiter.api.Test;

/** Columns of every type that an engine keeps, through a query and into a table. */
class TypesIT {
  private static Map<LogicalType, Object> values() {
    Map<LogicalType, Object> values = new LinkedHashMap<>();
    for (Primitive type : Primitive.values()) {
      values.put(type, value(type));
    }
    values.put(new Decimal(15, 4), new BigDecimal("-12345678901.0001"));
    values.put(new ListOf(Primitive.TEXT), List.of("", "\u00e4"));
    return values;
  }

  private static Object value(Primitive type) {
    return switch (type) {
      case BOOLEAN -> false;
      case INT16 -> Short.MIN_VALUE;
      case INT32 -> Integer.MIN_VALUE;
      case INT64 -> Long.MAX_VALUE;
      case FLOAT32 -> 0.1f;
      case FLOAT64 -> -0.1;
      case TEXT -> "it's \ud83d\ude00";
      case JSON -> "{\"a\": 1.50}";
      case BINARY -> ByteBuffer.wrap(new byte[] {0, -1});
      case UUID -> new UUID(1, -1);
      case DATE -> LocalDate.of(2024, 2, 29);
      case TIME -> Duration.ofDays(1).minusNanos(1000);
      case TIMESTAMP -> LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000);
      case TIMESTAMP_TZ -> Instant.parse("2024-03-31T01:30:00.000001Z");
      case INTERVAL -> new PeriodDuration(Period.of(0, 14, -3), Duration.ofNanos(5000));
    };
  }

  @Test
  void everyTypeComesThroughAsItIs() {
    onEveryEngine(
        bench -> {
          List<Column> columns = new ArrayList<>();
          List<Object> values = new ArrayList<>();
          List<Object> nulls = new ArrayList<>();
          values()
              .forEach(
                  (type, value) -> {
                    if (bench.dialect().cannotKeep(type).isEmpty()) {
                      columns.add(column("c " + type, type));
                      values.add(value);
                      nulls.add(null);
                    }
                  });
          TableId table = bench.table("everything", columns, List.of(values, nulls));
          Relation query =
              new Relation.Sql(
                  "SELECT * FROM (SELECT * FROM t.everything UNION ALL SELECT * FROM t.everything) u");
          CompiledQuery compiled = bench.compile(query);
          assertThat(compiled.columns()).isEqualTo(columns);
          TableId staged = new TableId(table.schema(), "staged");
          long rows =
              bench
                  .engine()
                  .stage(staged, query, compiled.sql(), compiled.columns(), Cancellation.never());
          assertThat(rows).isEqualTo(4);
          assertThat(bench.engine().columns(staged).orElseThrow())
              .extracting(Column::type)
              .isEqualTo(columns.stream().map(Column::type).toList());
          assertThat(bench.content(staged))
              .containsExactlyInAnyOrderElementsOf(List.of(values, nulls, values, nulls));
        });
  }
}
