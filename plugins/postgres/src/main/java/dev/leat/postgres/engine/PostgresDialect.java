package dev.leat.postgres.engine;

import dev.leat.postgres.connect.Sql;
import dev.leat.postgres.types.StoredTypes;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Call;
import dev.leat.spi.sql.Dialect;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** SQL of PostgreSQL 14 and later, for sessions with TimeZone UTC. */
public final class PostgresDialect implements Dialect {
  private static final ErrorCode NUL = new ErrorCode("PG_NUL_CHARACTER", ErrorCategory.DATA);

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public String quote(String name) {
    return Sql.identifier(name);
  }

  @Override
  public String quote(TableId table) {
    return Sql.table(table);
  }

  @Override
  public String literal(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new LeatException(
          NUL,
          "A text in the query has the character U+0000 in it, which PostgreSQL does not keep.",
          "Leave it out of the text.");
    }
    return Sql.literal(text).strip();
  }

  @Override
  public String literal(LogicalType type, String value) {
    return switch (type) {
      case Primitive primitive ->
          switch (primitive) {
            case TEXT -> literal(value);
            case BOOLEAN -> Boolean.parseBoolean(value) ? "TRUE" : "FALSE";
            case INT32 -> number(value);
            case DATE, TIME, TIMESTAMP, INTERVAL -> StoredTypes.name(type) + " " + literal(value);
            case TIMESTAMP_TZ -> StoredTypes.name(type) + " " + literal(inUtc(value));
            case BINARY -> "DECODE(" + literal(value) + ", 'hex')";
            case INT16, INT64, FLOAT32, FLOAT64, JSON, UUID ->
                "CAST(" + literal(value) + " AS " + StoredTypes.name(type) + ")";
          };
      case LogicalType.Decimal _, ListOf _ ->
          "CAST(" + literal(value) + " AS " + StoredTypes.name(type) + ")";
    };
  }

  private static String number(String value) {
    return value.startsWith("-") ? "(" + value + ")" : value;
  }

  private static String inUtc(String value) {
    boolean zoned = value.endsWith("Z") || value.indexOf('+', 10) > 0 || value.indexOf('-', 10) > 0;
    return zoned ? value : value + "+00";
  }

  @Override
  public String type(LogicalType type) {
    return StoredTypes.name(type);
  }

  @Override
  public Optional<String> cannotKeep(LogicalType type) {
    return StoredTypes.exists(type)
        ? Optional.empty()
        : Optional.of("PostgreSQL has no type for lists of lists");
  }

  @Override
  public Optional<String> call(Call call) {
    return Functions.write(call);
  }

  @Override
  public String ordered(String text) {
    return TextFunctions.byBytes(text);
  }

  /**
   * Without the type, a NULL would make a column of texts; without the collation, a column could
   * come to have one that columns of other tables cannot be compared with.
   */
  @Override
  public String output(String expression, LogicalType type) {
    String cast = "CAST(" + expression + " AS " + StoredTypes.name(type) + ")";
    return type == Primitive.TEXT ? cast + " COLLATE \"default\"" : cast;
  }

  @Override
  public List<String> createTable(TableId table, List<Column> columns, List<String> key) {
    Stream<String> parts =
        columns.stream()
            .map(column -> quote(column.name()) + " " + StoredTypes.name(column.type()));
    if (!key.isEmpty()) {
      String names = key.stream().map(this::quote).collect(Collectors.joining(", "));
      parts = Stream.concat(parts, Stream.of("PRIMARY KEY (" + names + ")"));
    }
    return List.of(
        "CREATE SCHEMA IF NOT EXISTS " + quote(table.schema()),
        "CREATE TABLE " + quote(table) + " (" + parts.collect(Collectors.joining(", ")) + ")");
  }

  @Override
  public List<String> alterTable(TableId table, List<ColumnChange> changes) {
    return changes.stream()
        .flatMap(change -> alteration(change).stream())
        .map(alteration -> "ALTER TABLE " + quote(table) + " " + alteration)
        .toList();
  }

  private Optional<String> alteration(ColumnChange change) {
    return switch (change) {
      case ColumnChange.Added(Column column) ->
          Optional.of("ADD COLUMN " + quote(column.name()) + " " + StoredTypes.name(column.type()));
      case ColumnChange.Dropped(Column column) ->
          Optional.of("DROP COLUMN " + quote(column.name()));
      case ColumnChange.Renamed(Column before, Column after) ->
          Optional.of("RENAME COLUMN " + quote(before.name()) + " TO " + quote(after.name()));
      case ColumnChange.Retyped(Column before, Column after) -> retyped(before, after);
    };
  }

  /** Another name of a type for people is no change. */
  private Optional<String> retyped(Column before, Column after) {
    boolean kept = before.sourceType().equals(StoredTypes.sourceType(after.type()));
    if (before.type().equals(after.type()) && (kept || before.sourceType().isEmpty())) {
      return Optional.empty();
    }
    String name = quote(after.name());
    return Optional.of(
        "ALTER COLUMN %s TYPE %s USING %s"
            .formatted(
                name,
                StoredTypes.name(after.type()),
                Casts.write(name, before.type(), after.type())));
  }

  @Override
  public List<String> indexStatements(TableId table, List<String> columns) {
    return columns.stream()
        .map(
            column ->
                "CREATE INDEX IF NOT EXISTS %s ON %s (%s)"
                    .formatted(quote(IndexNames.of(table, column)), quote(table), quote(column)))
        .toList();
  }
}
