package dev.leat.duckdb;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.ColumnChange.Added;
import dev.leat.spi.schema.ColumnChange.Dropped;
import dev.leat.spi.schema.ColumnChange.Renamed;
import dev.leat.spi.schema.ColumnChange.Retyped;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Call;
import dev.leat.spi.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** DuckDB's SQL. */
public final class DuckDbDialect implements Dialect {
  private static final String INTERIM = "_leat_renamed_";

  /** A column, perhaps with its table. */
  private static final Pattern NAME =
      Pattern.compile("(\"(?:[^\"]|\"\")*\"\\.)?\"(?:[^\"]|\"\")*\"");

  @Override
  public String name() {
    return "duckdb";
  }

  @Override
  public String quote(String name) {
    return DuckDbSql.quote(name);
  }

  @Override
  public String quote(TableId table) {
    return DuckDbSql.quote(table);
  }

  @Override
  public String literal(String text) {
    return DuckDbSql.literal(text);
  }

  @Override
  public String literal(LogicalType type, String value) {
    return switch (type) {
      case Primitive primitive ->
          switch (primitive) {
            case BOOLEAN -> value.equals("true") ? "TRUE" : "FALSE";
            case INT16, INT32, INT64 -> value;
            case FLOAT32, FLOAT64, JSON, BINARY, UUID, TIME, INTERVAL ->
                "CAST(" + literal(value) + " AS " + type(type) + ")";
            case TEXT -> literal(value);
            case DATE -> "DATE " + literal(value);
            case TIMESTAMP -> "TIMESTAMP " + literal(value);
            case TIMESTAMP_TZ -> "TIMESTAMPTZ " + literal(value + "+00");
          };
      case Decimal _ -> value;
      case ListOf _ -> "CAST(" + literal(value) + " AS " + type(type) + ")";
    };
  }

  @Override
  public String type(LogicalType type) {
    return DuckDbSql.type(type);
  }

  /** DuckDB keeps what is read more than once, which takes time and twice the memory. */
  @Override
  public String inlined() {
    return " AS NOT MATERIALIZED ";
  }

  @Override
  public boolean joinsNulls() {
    return true;
  }

  @Override
  public Optional<String> call(Call call) {
    return Optional.of(DuckDbCalls.write(call));
  }

  @Override
  public String ordered(String text) {
    return text;
  }

  /** Sums are wider in DuckDB, literals narrower, and a NULL alone is an INTEGER. */
  @Override
  public String output(String expression, LogicalType type) {
    String end = " AS " + type(type) + ")";
    boolean typed =
        NAME.matcher(expression).matches()
            || (expression.startsWith("CAST(")
                && expression.endsWith(end)
                && DuckDbCalls.closesAtEnd(expression));
    return typed ? expression : "CAST(" + expression + end;
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
                        + (column.nullable() && !key.contains(column.name()) ? "" : " NOT NULL"))
            .collect(Collectors.joining(", "));
    String unique =
        key.isEmpty()
            ? ""
            : key.stream()
                .map(this::quote)
                .collect(Collectors.joining(", ", ", PRIMARY KEY (", ")"));
    return List.of(
        "CREATE SCHEMA IF NOT EXISTS " + quote(table.schema()),
        "CREATE TABLE " + quote(table) + " (" + definitions + unique + ")");
  }

  @Override
  public List<String> alterTable(TableId table, List<ColumnChange> changes) {
    String alter = "ALTER TABLE " + quote(table) + " ";
    List<String> statements = new ArrayList<>();
    List<Renamed> renamed = new ArrayList<>();
    for (ColumnChange change : changes) {
      switch (change) {
        case Dropped(Column column) ->
            statements.add(alter + "DROP COLUMN " + quote(column.name()));
        case Renamed rename -> renamed.add(rename);
        case Retyped _, Added _ -> {}
      }
    }
    rename(alter, renamed, statements);
    for (ColumnChange change : changes) {
      switch (change) {
        case Retyped(Column before, Column after) -> retype(alter, before, after, statements);
        case Added(Column column) ->
            statements.add(
                alter + "ADD COLUMN " + quote(column.name()) + " " + type(column.type()));
        case Dropped _, Renamed _ -> {}
      }
    }
    return statements;
  }

  /** By interim names, so that columns can exchange theirs. */
  private void rename(String alter, List<Renamed> renamed, List<String> statements) {
    boolean interim = renamed.size() > 1;
    for (int i = 0; interim && i < renamed.size(); i++) {
      statements.add(
          alter
              + "RENAME COLUMN "
              + quote(renamed.get(i).before().name())
              + " TO "
              + quote(INTERIM + i));
    }
    for (int i = 0; i < renamed.size(); i++) {
      Renamed each = renamed.get(i);
      statements.add(
          alter
              + "RENAME COLUMN "
              + quote(interim ? INTERIM + i : each.before().name())
              + " TO "
              + quote(each.after().name()));
    }
  }

  private void retype(String alter, Column before, Column after, List<String> statements) {
    if (before.type().equals(after.type())) {
      return;
    }
    String column = quote(after.name());
    statements.add(
        alter
            + "ALTER COLUMN "
            + column
            + " TYPE "
            + type(after.type())
            + " USING "
            + DuckDbCalls.cast(column, before.type(), after.type()));
  }
}
