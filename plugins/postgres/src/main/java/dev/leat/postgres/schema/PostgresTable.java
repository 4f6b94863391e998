package dev.leat.postgres.schema;

import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import java.util.List;

/**
 * A table as the catalogs have it.
 *
 * @param oid stays when the table is renamed, and is another one when it is dropped and made again
 * @param id its name
 * @param kind pg_class.relkind
 * @param persistence pg_class.relpersistence
 * @param partition whether it is a partition of another table
 * @param replicaIdentity pg_class.relreplident
 * @param columns in the order of their numbers
 * @param identity how the stream tells rows apart
 * @param key the names of the key's columns, in the table's order; empty unless the identity is KEY
 * @param keySchemas where the operators are that compare the key's columns, but for pg_catalog
 * @param estimatedRows or -1
 * @param bytes on disk, partitions included
 * @param owner the owner's name
 * @param access what the role logged in may do with it
 */
public record PostgresTable(
    long oid,
    TableId id,
    char kind,
    char persistence,
    boolean partition,
    char replicaIdentity,
    List<PostgresColumn> columns,
    RowIdentity identity,
    List<String> key,
    List<String> keySchemas,
    long estimatedRows,
    long bytes,
    String owner,
    Access access) {

  public PostgresTable {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    keySchemas = List.copyOf(keySchemas);
  }

  /**
   * What the role logged in may do.
   *
   * @param select whether it may read the rows
   * @param ownership whether it may do what the owner may
   * @param rowSecurity whether policies would hide rows from it
   */
  public record Access(boolean select, boolean ownership, boolean rowSecurity) {}

  public boolean partitioned() {
    return kind == 'p';
  }

  /** Whether rows of it are in the write-ahead log and can be copied. */
  boolean replicable() {
    return (kind == 'r' || kind == 'p') && persistence == 'p';
  }
}
