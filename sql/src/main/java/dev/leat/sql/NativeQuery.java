package dev.leat.sql;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation.NativeSql;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A query in an engine's own language. */
final class NativeQuery {
  private static final ErrorCode DIALECT = new ErrorCode("SQL_DIALECT", ErrorCategory.CONFIG);

  private final NativeSql query;
  private final Dialect dialect;
  private final Catalog catalog;

  NativeQuery(NativeSql query, Dialect dialect, Catalog catalog) {
    this.query = query;
    this.dialect = dialect;
    this.catalog = catalog;
  }

  CompiledQuery compile(UnaryOperator<TableId> places) {
    if (!query.dialect().equals(dialect.name())) {
      throw new LeatException(
              DIALECT,
              "A query is in the language of "
                  + query.dialect()
                  + ", but runs on "
                  + dialect.name(),
              "Let an engine of kind " + query.dialect() + " run the step, or write portable SQL.")
          .with("sql", "1:1");
    }
    NameScan scan = new NameScan(catalog.names());
    TreeSet<TableId> found = new TreeSet<>();
    String sql =
        scan.replace(
            Parsing.withoutEnd(query.text()),
            table -> {
              found.add(table);
              return dialect.quote(places.apply(table));
            });
    return new CompiledQuery(sql, List.of(), new Lineage(found, Map.of()), true);
  }
}
