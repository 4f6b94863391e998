package dev.leat.spi.sql;

import dev.leat.spi.engine.Publication;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Publishing in statements that engines with transactions share: staged rows are next to their
 * table, in its schema, and take its place or go into it.
 */
public final class StandardWrites {
  private final Dialect dialect;

  public StandardWrites(Dialect dialect) {
    this.dialect = dialect;
  }

  /** The statements of one transaction that publishes. */
  public List<String> statements(Publication publication) {
    List<String> statements = new ArrayList<>();
    String deleted = deleted(publication.write());
    if (!publication.exists() || publication.write() instanceof Write.Replace) {
      if (deleted != null) {
        String staging = dialect.quote(publication.staging());
        statements.add("DELETE FROM " + staging + " WHERE " + dialect.quote(deleted));
        statements.add("ALTER TABLE " + staging + " DROP COLUMN " + dialect.quote(deleted));
      }
      if (publication.exists()) {
        statements.add("DROP TABLE " + dialect.quote(publication.target()));
      }
      statements.add(rename(publication.staging(), publication.target()));
      return statements;
    }
    statements.addAll(dialect.alterTable(publication.target(), changes(publication)));
    remove(publication).ifPresent(statements::add);
    statements.add(insert(publication, deleted));
    statements.add("DROP TABLE " + dialect.quote(publication.staging()));
    return statements;
  }

  /**
   * A query for the rows that the dataset will have, before it is published.
   *
   * @param publication as it will be published; columns that are new in it are NULL in old rows
   */
  public String prospect(Publication publication) {
    String deleted = deleted(publication.write());
    String staged =
        "SELECT "
            + columns(publication.columns())
            + " FROM "
            + dialect.quote(publication.staging())
            + (deleted == null ? "" : " WHERE " + kept(deleted));
    if (!publication.exists() || publication.write() instanceof Write.Replace) {
      return staged;
    }
    List<String> before = publication.before().stream().map(Column::name).toList();
    String old =
        publication.columns().stream()
            .map(
                column ->
                    before.contains(column.name())
                        ? "t." + dialect.quote(column.name())
                        : "CAST(NULL AS "
                            + dialect.type(column.type())
                            + ") AS "
                            + dialect.quote(column.name()))
            .collect(Collectors.joining(", "));
    String replaced = replaced(publication, "t");
    return "SELECT "
        + old
        + " FROM "
        + dialect.quote(publication.target())
        + " t"
        + (replaced.isEmpty() ? "" : " WHERE NOT " + replaced)
        + " UNION ALL "
        + staged;
  }

  /** What has to change in a table that exists so that it has the columns of a publication. */
  public static List<ColumnChange> changes(Publication publication) {
    TableId table = publication.target();
    return ColumnChange.between(
        new TableSchema(table, publication.before(), List.of(), RowIdentity.NONE),
        new TableSchema(table, publication.columns(), List.of(), RowIdentity.NONE));
  }

  private String rename(TableId from, TableId to) {
    return "ALTER TABLE " + dialect.quote(from) + " RENAME TO " + dialect.quoteWithin(to);
  }

  private java.util.Optional<String> remove(Publication publication) {
    String target = dialect.quote(publication.target());
    String replaced = replaced(publication, target);
    return replaced.isEmpty()
        ? java.util.Optional.empty()
        : java.util.Optional.of("DELETE FROM " + target + " WHERE " + replaced);
  }

  /** A condition for the rows of the table that staged rows take the place of. */
  private String replaced(Publication publication, String table) {
    String staging = dialect.quote(publication.staging());
    return switch (publication.write()) {
      case Write.Replace _, Write.Append _ -> "";
      case Write.ReplacePartition partitions when partitions.from() != null ->
          within(publication, partitions, table);
      case Write.ReplacePartition(String column, _, _) -> {
        String name = dialect.quote(column);
        yield "(%s.%s IN (SELECT %s FROM %s) OR (%s.%s IS NULL AND EXISTS (SELECT 1 FROM %s WHERE %s IS NULL)))"
            .formatted(table, name, name, staging, table, name, staging, name);
      }
      case Write.Merge(List<String> key, String _) -> matches(key, table, staging);
      case Write.ReplaceKeys(List<String> key) -> matches(key, table, staging);
    };
  }

  /** A condition for the rows of the table in a range of days. */
  private String within(Publication publication, Write.ReplacePartition partitions, String table) {
    String column = table + "." + dialect.quote(partitions.column());
    LogicalType type =
        publication.before().stream()
            .filter(before -> before.name().equals(partitions.column()))
            .map(Column::type)
            .findFirst()
            .orElse(Primitive.DATE);
    String from = column + " >= " + day(type, Objects.requireNonNull(partitions.from()));
    LocalDate to = partitions.to();
    return to == null
        ? "(%s OR %s IS NULL)".formatted(from, column)
        : "(%s AND %s < %s)".formatted(from, column, day(type, to));
  }

  private String day(LogicalType type, LocalDate day) {
    return dialect.literal(type, type == Primitive.DATE ? day.toString() : day + " 00:00:00");
  }

  private String matches(List<String> key, String table, String staging) {
    return key.stream()
        .map(
            column -> "s.%s = %s.%s".formatted(dialect.quote(column), table, dialect.quote(column)))
        .collect(
            Collectors.joining(" AND ", "EXISTS (SELECT 1 FROM " + staging + " s WHERE ", ")"));
  }

  private String insert(Publication publication, @Nullable String deleted) {
    String columns = columns(publication.columns());
    return "INSERT INTO "
        + dialect.quote(publication.target())
        + " ("
        + columns
        + ") SELECT "
        + columns
        + " FROM "
        + dialect.quote(publication.staging())
        + (deleted == null ? "" : " WHERE " + kept(deleted));
  }

  private String kept(String deleted) {
    return "NOT COALESCE(" + dialect.quote(deleted) + ", FALSE)";
  }

  private String columns(List<Column> columns) {
    return columns.stream()
        .map(column -> dialect.quote(column.name()))
        .collect(Collectors.joining(", "));
  }

  private static @Nullable String deleted(Write write) {
    return write instanceof Write.Merge(List<String> _, String deleted) ? deleted : null;
  }
}
