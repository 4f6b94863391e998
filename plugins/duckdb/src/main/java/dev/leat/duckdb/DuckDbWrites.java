package dev.leat.duckdb;

import dev.leat.spi.engine.Publication;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.schema.Column;
import dev.leat.spi.sql.StandardWrites;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How publications are written. Partitions are replaced in a statement of DuckDB's own: it joins a
 * condition with OR several times slower, and staged rows of one partition are best told apart
 * before they are joined.
 */
final class DuckDbWrites {
  private static final DuckDbDialect DIALECT = new DuckDbDialect();
  private static final StandardWrites STANDARD = new StandardWrites(DIALECT);

  private DuckDbWrites() {}

  static List<String> statements(Publication publication) {
    if (!publication.exists()
        || !(publication.write()
            instanceof Write.ReplacePartition(String column, LocalDate from, _))
        || from != null) {
      return STANDARD.statements(publication);
    }
    String target = DuckDbSql.quote(publication.target());
    String staging = DuckDbSql.quote(publication.staging());
    String partition = DuckDbSql.quote(column);
    String columns =
        publication.columns().stream()
            .map(Column::name)
            .map(DuckDbSql::quote)
            .collect(Collectors.joining(", "));
    List<String> statements =
        new ArrayList<>(
            DIALECT.alterTable(publication.target(), StandardWrites.changes(publication)));
    statements.add(
        "DELETE FROM %s WHERE EXISTS (SELECT 1 FROM (SELECT DISTINCT %s FROM %s) s WHERE s.%s IS NOT DISTINCT FROM %s.%s)"
            .formatted(target, partition, staging, partition, target, partition));
    statements.add(
        "INSERT INTO " + target + " (" + columns + ") SELECT " + columns + " FROM " + staging);
    statements.add("DROP TABLE " + staging);
    return statements;
  }
}
