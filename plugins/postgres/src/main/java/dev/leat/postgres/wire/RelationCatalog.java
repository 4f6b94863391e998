package dev.leat.postgres.wire;

import dev.leat.postgres.types.TableCodec;

/** Knows how the values of a table in the stream are decoded. */
@FunctionalInterface
public interface RelationCatalog {

  /** The codec with exactly the relation's columns in their order. */
  TableCodec codec(Relation relation);
}
