package dev.leat.postgres.stream;

import dev.leat.postgres.connect.PostgresErrors;
import dev.leat.postgres.connect.Sessions;
import dev.leat.postgres.schema.ColumnNumbers;
import dev.leat.postgres.schema.ColumnNumbers.Attribute;
import dev.leat.postgres.schema.PostgresColumn;
import dev.leat.postgres.schema.PostgresTable;
import dev.leat.postgres.schema.TableCatalog;
import dev.leat.postgres.schema.TableSchemaReader;
import dev.leat.postgres.schema.TypeCatalogLoader;
import dev.leat.postgres.types.ColumnCodec;
import dev.leat.postgres.types.TableCodec;
import dev.leat.postgres.types.TypeCatalog;
import dev.leat.postgres.wire.Relation;
import dev.leat.postgres.wire.Relation.RelationColumn;
import dev.leat.postgres.wire.RelationCatalog;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of tables at the stream's position.
 *
 * <p>The catalogs may be ahead of the stream, so columns and types are those that the stream itself
 * names; only what it does not say is asked for: the definitions of types, which columns can be
 * NULL, and the key of a table whose whole old rows are in the log.
 */
final class StreamRelations implements RelationCatalog {
  private final Sessions sessions;
  private final TableSchemaReader reader;
  private final Map<TableId, List<Column>> known = new HashMap<>();
  private @Nullable TypeCatalog types;

  /**
   * @param tables their shapes where the stream begins
   */
  StreamRelations(Sessions sessions, TableSchemaReader reader, List<TableSchema> tables) {
    this.sessions = sessions;
    this.reader = reader;
    tables.forEach(table -> known.put(table.table(), table.columns()));
  }

  @Override
  public TableCodec codec(Relation relation) {
    TableId id = new TableId(relation.schema(), relation.name());
    // A table that was dropped since, or made anew, says nothing of what it was then.
    Optional<PostgresTable> now =
        sessions
            .query("reading table " + id, "", session -> TableCatalog.find(session, id))
            .filter(table -> (int) table.oid() == relation.oid());
    Set<String> notNull = new HashSet<>();
    now.ifPresent(
        table ->
            table.columns().stream()
                .filter(column -> column.notNull())
                .forEach(column -> notNull.add(column.name())));
    List<Integer> numbers = numbers(id, relation);
    List<Column> columns = new ArrayList<>();
    List<ColumnCodec> codecs = new ArrayList<>();
    for (RelationColumn column : relation.columns()) {
      int number = numbers.get(columns.size());
      ColumnCodec codec = codec(id, column, dimensions(id, number, now));
      columns.add(
          new Column(
              number,
              column.name(),
              codec.logicalType(),
              !notNull.contains(column.name()),
              codec.sourceType()));
      codecs.add(codec);
    }
    known.put(id, columns);
    List<Integer> key = key(relation, now.map(PostgresTable::key).orElse(List.of()));
    RowIdentity identity =
        !key.isEmpty()
            ? RowIdentity.KEY
            : relation.replicaIdentity() == 'f' ? RowIdentity.FULL_ROW : RowIdentity.NONE;
    return new TableCodec(new TableSchema(id, columns, key, identity), codecs);
  }

  private List<Integer> numbers(TableId id, Relation relation) {
    List<Attribute> attributes =
        sessions.query(
            "reading the columns of " + id,
            "",
            session -> TableCatalog.attributes(session, Integer.toUnsignedLong(relation.oid())));
    return new ColumnNumbers(id, known.getOrDefault(id, List.of()), attributes)
        .of(relation.columns().stream().map(RelationColumn::name).toList());
  }

  /** With the whole row as identity the stream marks every column; the primary key tells more. */
  private static List<Integer> key(Relation relation, List<String> keyNow) {
    List<Integer> key = new ArrayList<>();
    boolean wholeRow = relation.replicaIdentity() == 'f';
    for (int i = 0; i < relation.columns().size(); i++) {
      RelationColumn column = relation.columns().get(i);
      if (wholeRow ? keyNow.contains(column.name()) : column.key()) {
        key.add(i);
      }
    }
    if (wholeRow && key.size() < keyNow.size()) {
      key.clear();
    }
    return key;
  }

  /** As it was before or, of a column that is new, as it is now. */
  private int dimensions(TableId id, int number, Optional<PostgresTable> now) {
    for (Column column : known.getOrDefault(id, List.of())) {
      if (column.number() == number) {
        return ColumnCodec.dimensions(column.sourceType());
      }
    }
    return now.stream()
        .flatMap(table -> table.columns().stream())
        .filter(column -> column.attnum() == number)
        .mapToInt(PostgresColumn::dimensions)
        .findFirst()
        .orElse(0);
  }

  private ColumnCodec codec(TableId table, RelationColumn column, int dimensions) {
    TypeCatalog known = types;
    if (known == null || !known.contains(column.typeOid())) {
      known = sessions.query("reading types", "", TypeCatalogLoader::load);
      types = known;
    }
    if (!known.contains(column.typeOid())) {
      throw new LeatException(
          PostgresErrors.SCHEMA_CHANGED,
          "Column %s of %s had a type (OID %d) that was dropped since."
              .formatted(column.name(), table, column.typeOid()),
          "`leat resync " + table + "` copies the table anew with its present shape.");
    }
    return reader.codec(table, column.name(), column.typeOid(), column.typmod(), dimensions, known);
  }
}
