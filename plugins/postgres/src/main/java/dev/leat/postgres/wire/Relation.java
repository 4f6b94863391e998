package dev.leat.postgres.wire;

import java.util.List;

/**
 * What a Relation message says of a table.
 *
 * @param oid pg_class.oid
 * @param schema the table's schema
 * @param name the table's name
 * @param replicaIdentity pg_class.relreplident
 * @param columns those that are sent, in order
 */
public record Relation(
    int oid, String schema, String name, char replicaIdentity, List<RelationColumn> columns) {
  public Relation {
    columns = List.copyOf(columns);
  }

  /**
   * One column.
   *
   * @param key whether it is part of the replica identity
   * @param name its name
   * @param typeOid its type
   * @param typmod the type's modifier, or -1
   */
  public record RelationColumn(boolean key, String name, int typeOid, int typmod) {}
}
