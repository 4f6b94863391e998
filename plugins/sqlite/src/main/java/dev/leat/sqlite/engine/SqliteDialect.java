package dev.leat.sqlite.engine;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Call;
import dev.leat.spi.sql.Dialect;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** SQLite's SQL, with the functions that {@link Functions} adds. */
final class SqliteDialect implements Dialect {
  private static final ErrorCode LITERAL = new ErrorCode("SQLITE_LITERAL", ErrorCategory.CONFIG);
  private static final ErrorCode RETYPING = new ErrorCode("SQLITE_RETYPE", ErrorCategory.SCHEMA);
  private static final String RETYPED = "_leat_retyped";

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public String quote(String name) {
    return SqliteNames.quote(name);
  }

  @Override
  public String quote(TableId table) {
    return SqliteNames.quote(table);
  }

  @Override
  public String quoteWithin(TableId table) {
    return SqliteNames.quote(table);
  }

  @Override
  public String literal(String text) {
    if (text.indexOf('\0') >= 0) {
      throw refused("a text has the character NUL, where SQLite ends it");
    }
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  public String literal(LogicalType type, String value) {
    try {
      return switch (type) {
        case Primitive primitive ->
            switch (primitive) {
              case BOOLEAN -> value.toUpperCase(Locale.ROOT);
              case INT16, INT32, INT64 -> negative(value);
              case FLOAT32, FLOAT64 -> approximate(value);
              case TEXT, JSON, UUID, INTERVAL -> literal(value);
              case BINARY -> "X'" + value + "'";
              case DATE -> literal(Temporals.text(Temporals.date(value)));
              case TIME -> literal(Temporals.time(Temporals.time(value)));
              case TIMESTAMP, TIMESTAMP_TZ ->
                  literal(Temporals.text(Temporals.timestamp(value, true)));
            };
        case Decimal(int precision, int _) -> {
          BigDecimal number = new BigDecimal(value);
          Object unused = NumberFunctions.stored(number, Math.max(precision, number.precision()));
          yield negative(number.toPlainString());
        }
        case ListOf _ -> throw refused("SQLite has no lists");
      };
    } catch (ValueException e) {
      throw refused("a literal of type " + type + " cannot be written: " + e.getMessage());
    }
  }

  /** In parentheses: behind a minus it would be a comment. */
  private static String negative(String number) {
    return number.startsWith("-") ? "(" + number + ")" : number;
  }

  private static String approximate(String value) {
    double number = NumberFunctions.real(value);
    return Double.isInfinite(number)
        ? (number > 0 ? "9e999" : "(-9e999)")
        : negative(Double.toString(number));
  }

  private static LeatException refused(String why) {
    return new LeatException(LITERAL, why, "write another value");
  }

  @Override
  public String type(LogicalType type) {
    return SqliteTypes.declared(type);
  }

  @Override
  public Optional<String> cannotKeep(LogicalType type) {
    return type instanceof ListOf ? Optional.of("SQLite has no lists") : Optional.empty();
  }

  @Override
  public Optional<String> call(Call call) {
    return Calls.write(call);
  }

  @Override
  public String arithmetic(String expression, LogicalType type) {
    return Casts.exact(expression, type);
  }

  @Override
  public String ordered(String text) {
    return text;
  }

  @Override
  public List<String> createTable(TableId table, List<Column> columns, List<String> key) {
    String definitions =
        columns.stream()
            .map(
                column ->
                    quote(column.name())
                        + " "
                        + type(column.type())
                        + (key.contains(column.name()) ? " NOT NULL" : ""))
            .collect(Collectors.joining(", "));
    String unique =
        key.isEmpty()
            ? ""
            : key.stream()
                .map(this::quote)
                .collect(Collectors.joining(", ", ", PRIMARY KEY (", ")"));
    return List.of("CREATE TABLE " + quote(table) + " (" + definitions + unique + ")");
  }

  @Override
  public List<String> alterTable(TableId table, List<ColumnChange> changes) {
    List<String> statements = new ArrayList<>();
    String alter = "ALTER TABLE " + quote(table) + " ";
    for (ColumnChange change : changes) {
      switch (change) {
        case ColumnChange.Added(Column column) ->
            statements.add(
                alter + "ADD COLUMN " + quote(column.name()) + " " + type(column.type()));
        case ColumnChange.Dropped(Column column) -> {
          statements.add(dropIndex(table, column.name()));
          statements.add(alter + "DROP COLUMN " + quote(column.name()));
        }
        case ColumnChange.Renamed(Column before, Column after) ->
            statements.add(
                alter + "RENAME COLUMN " + quote(before.name()) + " TO " + quote(after.name()));
        case ColumnChange.Retyped(Column before, Column after) ->
            statements.addAll(retype(table, before.type(), after));
      }
    }
    return statements;
  }

  /** SQLite cannot change a column's type: a new column, at the end, takes its place. */
  private List<String> retype(TableId table, LogicalType before, Column after) {
    if (before.equals(after.type())) {
      return List.of();
    }
    String alter = "ALTER TABLE " + quote(table) + " ";
    String name = quote(after.name());
    return List.of(
        alter + "ADD COLUMN " + quote(RETYPED) + " " + type(after.type()),
        "UPDATE " + quote(table) + " SET " + quote(RETYPED) + " = " + converted(after, before),
        dropIndex(table, after.name()),
        alter + "DROP COLUMN " + name,
        alter + "RENAME COLUMN " + quote(RETYPED) + " TO " + name);
  }

  /** A column's values, which were of another type. */
  String converted(Column after, LogicalType before) {
    return Casts.cast(quote(after.name()), before, after.type())
        .orElseThrow(
            () ->
                new LeatException(
                    RETYPING,
                    "column %s cannot become %s in SQLite, it is %s"
                        .formatted(after.name(), type(after.type()), type(before)),
                    "make the dataset anew, or give the column another name"));
  }

  @Override
  public List<String> indexStatements(TableId table, List<String> columns) {
    return columns.stream()
        .map(
            column ->
                "CREATE INDEX IF NOT EXISTS %s ON %s (%s)"
                    .formatted(index(table, column), quote(table), quote(column)))
        .toList();
  }

  /** An index keeps its column from being dropped. */
  private String dropIndex(TableId table, String column) {
    return "DROP INDEX IF EXISTS " + index(table, column);
  }

  private String index(TableId table, String column) {
    return quote("_leat_index_" + SqliteNames.name(table) + "_" + column);
  }
}
