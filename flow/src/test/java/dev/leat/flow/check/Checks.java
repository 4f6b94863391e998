package dev.leat.flow.check;

import dev.leat.flow.Place;
import dev.leat.flow.check.CheckModel.Severity;
import dev.leat.flow.check.CheckModel.Tolerance;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.util.List;

/** Checks of a table of orders. */
final class Checks {
  static final TableId ORDERS = new TableId("gold", "orders");
  static final TableId CUSTOMERS = new TableId("gold", "customers");
  static final List<Column> COLUMNS =
      List.of(
          column("id", Primitive.INT64),
          column("customer", Primitive.INT64),
          column("status", Primitive.TEXT),
          column("amount", new Decimal(10, 2)),
          column("weight", Primitive.FLOAT64),
          column("day", Primitive.DATE),
          column("at", Primitive.TIMESTAMP_TZ));
  static final List<Column> CUSTOMER_COLUMNS =
      List.of(column("sk", Primitive.INT64), column("name", Primitive.TEXT));

  private Checks() {}

  static Column column(String name, LogicalType type) {
    return new Column(name, type, true, ColumnTypeNames.of(type));
  }

  static CheckModel check(String name, Rule rule) {
    return check(name, rule, Tolerance.NONE, CheckModel.USUAL_SAMPLE);
  }

  static CheckModel check(String name, Rule rule, Tolerance tolerance, int sample) {
    return new CheckModel(name, ORDERS, rule, Severity.ERROR, tolerance, sample, new Place(7, 3));
  }
}
