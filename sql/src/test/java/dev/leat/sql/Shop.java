package dev.leat.sql;

import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;

/** Two datasets to write queries over. */
final class Shop implements Catalog {
  static final TableId ORDERS = new TableId("crm", "orders");
  static final TableId CUSTOMERS = new TableId("crm", "Customers");

  private static final Map<TableId, List<Column>> DATASETS =
      Map.of(
          ORDERS,
          List.of(
              new Column("id", Primitive.INT64, false, "bigint"),
              column("customer", Primitive.INT32),
              column("amount", new Decimal(10, 2)),
              column("status", Primitive.TEXT),
              column("placed_on", Primitive.DATE),
              column("at", Primitive.TIMESTAMP),
              column("doc", Primitive.JSON)),
          CUSTOMERS,
          List.of(new Column("id", Primitive.INT32, false, "int"), column("Name", Primitive.TEXT)));

  private static Column column(String name, LogicalType type) {
    return new Column(name, type, true, type.toString());
  }

  static CompiledQuery compile(Relation relation) {
    return new SqlCompiler(
            new PlainDialect(), new Shop(), table -> table, Instant.parse("2024-05-01T10:00:00Z"))
        .compile(relation);
  }

  static CompiledQuery compile(String sql) {
    return compile(new Relation.Sql(sql));
  }

  static LeatException refused(Relation relation) {
    return Assertions.catchThrowableOfType(LeatException.class, () -> compile(relation));
  }

  static LeatException refused(String sql) {
    return refused(new Relation.Sql(sql));
  }

  @Override
  public Optional<List<Column>> columns(TableId dataset) {
    return Optional.ofNullable(DATASETS.get(dataset));
  }

  @Override
  public List<TableId> names() {
    return List.of(CUSTOMERS, ORDERS);
  }
}
