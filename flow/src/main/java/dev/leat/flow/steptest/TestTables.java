package dev.leat.flow.steptest;

import dev.leat.flow.Place;
import dev.leat.flow.check.ColumnTypeNames;
import dev.leat.flow.model.StepTestModel.Row;
import dev.leat.flow.model.StepTestModel.Rows;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes tables of the rows of a test. */
final class TestTables {
  private static final ErrorCode VALUE = new ErrorCode("TEST_VALUE", ErrorCategory.CONFIG);
  private static final ErrorCode TYPE = new ErrorCode("TEST_TYPE", ErrorCategory.CONFIG);

  /** The fact that says where in the flow file, {@code line:column}. */
  static final String PLACE = "place";

  private final Engine engine;
  private final Dialect dialect;

  TestTables(Engine engine, Dialect dialect) {
    this.engine = engine;
    this.dialect = dialect;
  }

  static LeatException at(LeatException e, Place place) {
    return e.with(PLACE, place.line() + ":" + place.column());
  }

  /**
   * The columns of given rows: those that are known, and behind them those that only the rows have.
   *
   * @param known types by column
   * @throws LeatException if there is a column whose type nobody knows
   */
  static List<Column> columns(TableId dataset, Map<String, LogicalType> known, Rows rows) {
    Map<String, LogicalType> types = new LinkedHashMap<>(known);
    for (String name : rows.columns()) {
      if (!types.containsKey(name)) {
        types.put(name, inferred(dataset, name, rows));
      }
    }
    if (types.isEmpty()) {
      throw at(
          new LeatException(
              TYPE,
              "nothing tells the columns of " + dataset,
              "declare them: columns.\"" + dataset + "\" = { id = \"BIGINT\" }"),
          rows.place());
    }
    return types.entrySet().stream()
        .map(column -> new Column(column.getKey(), column.getValue(), true, ""))
        .toList();
  }

  private static LogicalType inferred(TableId dataset, String column, Rows rows) {
    LogicalType type = null;
    for (Row row : rows.rows()) {
      Object value = row.values().get(column);
      LogicalType own = value == null ? null : CellText.typeOf(value).orElse(null);
      if (type == null || own == null || isFloat(type, own)) {
        type = own == null ? type : own;
      } else if (!type.equals(own) && !isFloat(own, type)) {
        throw untyped(dataset, column, "has values of several types", row.place());
      }
    }
    if (type == null) {
      throw untyped(dataset, column, "has no value that tells its type", rows.place());
    }
    return type;
  }

  /** Whether whole numbers stand among those that are not. */
  private static boolean isFloat(LogicalType whole, LogicalType other) {
    return whole == Primitive.INT64 && other == Primitive.FLOAT64;
  }

  private static LeatException untyped(TableId dataset, String column, String why, Place place) {
    return at(
        new LeatException(
            TYPE,
            "column %s of %s %s".formatted(column, dataset, why),
            "declare it: columns.\"%s\" = { %s = \"VARCHAR\" }".formatted(dataset, column)),
        place);
  }

  /** Makes a table of exactly these rows; what a row leaves out is NULL. */
  void make(TableId table, TableId dataset, List<Column> columns, Rows rows) {
    String query = query(dataset, columns, rows);
    long unused =
        engine.stage(
            table,
            new Relation.NativeSql(dialect.name(), query),
            query,
            columns,
            Cancellation.never());
  }

  private String query(TableId dataset, List<Column> columns, Rows rows) {
    String names =
        columns.stream().map(c -> dialect.quote(c.name())).collect(Collectors.joining(", "));
    List<String> lines = new ArrayList<>();
    for (Row row : rows.rows()) {
      lines.add(
          columns.stream()
              .map(column -> cell(dataset, column, row))
              .collect(Collectors.joining(", ", "(", ")")));
    }
    String nothing =
        columns.stream().map(c -> nothing(c.type())).collect(Collectors.joining(", ", "(", ")"));
    return "WITH given ("
        + names
        + ") AS (VALUES "
        + (lines.isEmpty() ? nothing : String.join(", ", lines))
        + ") SELECT "
        + names
        + " FROM given"
        + (lines.isEmpty() ? " WHERE 1 = 0" : "");
  }

  private String nothing(LogicalType type) {
    return "CAST(NULL AS " + dialect.type(type) + ")";
  }

  private String cell(TableId dataset, Column column, Row row) {
    Object value = row.values().get(column.name());
    if (value == null) {
      return nothing(column.type());
    }
    try {
      String text = CellText.of(column.type(), value);
      return dialect.output(dialect.literal(column.type(), text), column.type());
    } catch (IllegalArgumentException e) {
      throw at(
          new LeatException(
              VALUE,
              "the value of column %s of %s does not fit: %s"
                  .formatted(column.name(), dataset, e.getMessage()),
              "correct it; the column is " + ColumnTypeNames.of(column.type()),
              e),
          row.place());
    }
  }

  /** The rows of a table, as the engine shows them; empty if there are more than {@code limit}. */
  Optional<List<List<@Nullable String>>> rows(TableId table, List<Column> columns, int limit) {
    String names =
        columns.stream().map(c -> dialect.quote(c.name())).collect(Collectors.joining(", "));
    List<List<@Nullable String>> rows =
        engine.query("SELECT " + names + " FROM " + dialect.quote(table), limit + 1).rows();
    return Objects.requireNonNull(rows).size() > limit ? Optional.empty() : Optional.of(rows);
  }
}
