package dev.leat.postgres.schema;

import dev.leat.postgres.connect.PostgresErrors;
import dev.leat.postgres.types.ColumnCodec;
import dev.leat.postgres.types.TableCodec;
import dev.leat.postgres.types.TypeCatalog;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.TableSelection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the catalogs to the shapes of tables. */
public final class TableSchemaReader {
  private static final Logger LOG = LoggerFactory.getLogger(TableSchemaReader.class);

  private final Set<String> textColumns;
  private final boolean storedGeneratedColumns;

  /**
   * @param textColumns columns, as {@code schema.table.column}, whose values are to be read as text
   * @param storedGeneratedColumns whether the stream carries stored generated columns
   */
  public TableSchemaReader(Set<String> textColumns, boolean storedGeneratedColumns) {
    this.textColumns = Set.copyOf(textColumns);
    this.storedGeneratedColumns = storedGeneratedColumns;
  }

  /** The tables selected, by name. */
  public List<PostgresTable> select(Connection session, TableSelection selection)
      throws SQLException {
    Map<TableId, PostgresTable> found = new TreeMap<>();
    for (PostgresTable table : TableCatalog.all(session)) {
      if (selection.selects(table.id())) {
        if (table.replicable()) {
          found.put(table.id(), table);
        } else {
          LOG.info("table left out because it is unlogged: table={}", table.id());
        }
      }
    }
    for (String pattern : selection.include()) {
      if (TableSelection.isExact(pattern)) {
        TableId id = TableId.parse(pattern);
        if (selection.selects(id)) {
          found.put(id, require(session, id));
        }
      }
    }
    return List.copyOf(found.values());
  }

  /** The table of that name. */
  public PostgresTable require(Connection session, TableId id) throws SQLException {
    Optional<PostgresTable> table = TableCatalog.find(session, id);
    if (table.isEmpty()) {
      throw new LeatException(
          PostgresErrors.TABLE_MISSING,
          "Table %s does not exist.".formatted(id),
          "Correct its name (capitals count); psql's \\dt *.* lists all tables.");
    }
    if (!table.get().replicable()) {
      throw new LeatException(
          PostgresErrors.TABLE_UNSUPPORTED,
          "%s is %s, which cannot be replicated.".formatted(id, kind(table.get())),
          "Name the tables that it is made from, or leave it out.");
    }
    return table.get();
  }

  private static String kind(PostgresTable table) {
    return switch (table.kind()) {
      case 'v' -> "a view";
      case 'm' -> "a materialized view";
      case 'f' -> "a foreign table";
      case 'S' -> "a sequence";
      case 'i', 'I' -> "an index";
      case 'c' -> "a type";
      default -> table.persistence() == 't' ? "a temporary table" : "an unlogged table";
    };
  }

  /** The shape of what is replicated of a table. */
  public TableShape shape(PostgresTable table, TablePart part, TypeCatalog types) {
    List<PostgresColumn> columns = replicated(table, part);
    List<Column> described = new ArrayList<>(columns.size());
    List<ColumnCodec> codecs = new ArrayList<>(columns.size());
    List<Integer> key = new ArrayList<>();
    for (PostgresColumn column : columns) {
      ColumnCodec codec =
          codec(
              table.id(),
              column.name(),
              column.typeOid(),
              column.typmod(),
              column.dimensions(),
              types);
      if (table.key().contains(column.name())) {
        key.add(described.size());
      }
      described.add(
          new Column(
              column.attnum(),
              column.name(),
              codec.logicalType(),
              !column.notNull(),
              codec.sourceType()));
      codecs.add(codec);
    }
    RowIdentity identity = table.identity();
    if (key.size() < table.key().size()) {
      // A column list without the key can only be published with inserts alone.
      key.clear();
      identity = RowIdentity.NONE;
    }
    return new TableShape(
        table, part, new TableCodec(new TableSchema(table.id(), described, key, identity), codecs));
  }

  /** How values of one column are read. */
  public ColumnCodec codec(
      TableId table, String column, int typeOid, int typmod, int dimensions, TypeCatalog types) {
    String qualified = table + "." + column;
    return ColumnCodec.of(
        types, typeOid, typmod, dimensions, textColumns.contains(qualified), qualified);
  }

  private List<PostgresColumn> replicated(PostgresTable table, TablePart part) {
    List<String> listed = part.columns();
    return table.columns().stream()
        .filter(column -> listed == null || listed.contains(column.name()))
        .filter(
            column ->
                !column.isGenerated() || (column.generated() == 's' && storedGeneratedColumns))
        .toList();
  }

  /** The generated columns that are not replicated. */
  public List<String> leftOut(PostgresTable table) {
    return table.columns().stream()
        .filter(PostgresColumn::isGenerated)
        .filter(column -> column.generated() != 's' || !storedGeneratedColumns)
        .map(PostgresColumn::name)
        .toList();
  }

  /** The shapes of several tables. */
  public List<TableShape> shapes(
      List<PostgresTable> tables, Function<TableId, TablePart> parts, TypeCatalog types) {
    return tables.stream().map(table -> shape(table, parts.apply(table.id()), types)).toList();
  }
}
