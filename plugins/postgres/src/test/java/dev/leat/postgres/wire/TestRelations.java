package dev.leat.postgres.wire;

import dev.leat.postgres.types.ColumnCodec;
import dev.leat.postgres.types.TableCodec;
import dev.leat.postgres.types.TypeCatalog;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;

/** Shapes of tables as the stream itself describes them, without a server. */
final class TestRelations {
  private static final ErrorCode TYPE = new ErrorCode("TEST_TYPE", ErrorCategory.SCHEMA);

  private TestRelations() {}

  /** A table with a type that is not among these is an error of that table. */
  static RelationCatalog of(TypeCatalog types) {
    return relation -> codec(types, relation);
  }

  private static TableCodec codec(TypeCatalog types, Relation relation) {
    List<Column> columns = new ArrayList<>();
    List<ColumnCodec> codecs = new ArrayList<>();
    List<Integer> key = new ArrayList<>();
    for (Relation.RelationColumn column : relation.columns()) {
      if (!types.contains(column.typeOid())) {
        throw new LeatException(TYPE, "A type is gone.", "");
      }
      ColumnCodec codec =
          ColumnCodec.of(types, column.typeOid(), column.typmod(), 0, false, "public.t.x");
      if (relation.replicaIdentity() != 'f' && column.key()) {
        key.add(columns.size());
      }
      columns.add(new Column(column.name(), codec.logicalType(), true, codec.sourceType()));
      codecs.add(codec);
    }
    TableId id = new TableId(relation.schema(), relation.name());
    RowIdentity identity = key.isEmpty() ? RowIdentity.FULL_ROW : RowIdentity.KEY;
    return new TableCodec(new TableSchema(id, columns, key, identity), codecs);
  }
}
