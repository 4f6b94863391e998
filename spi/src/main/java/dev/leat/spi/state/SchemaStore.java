package dev.leat.spi.state;

import dev.leat.spi.Position;
import dev.leat.spi.schema.TableId;
import java.util.List;
import java.util.Optional;

/**
 * The shapes that tables had, by position. Safe for use by several threads; every change is durable
 * on return.
 */
public interface SchemaStore {

  /** Records a version; one with the same position replaces the one there. */
  void saveSchema(String replication, SchemaVersion version);

  /** The version in force at {@code position}. */
  Optional<SchemaVersion> schemaAt(String replication, TableId table, Position position);

  /** All versions, oldest first. */
  List<SchemaVersion> schemas(String replication, TableId table);

  /** Forgets all versions of a table. */
  void deleteSchemas(String replication, TableId table);
}
