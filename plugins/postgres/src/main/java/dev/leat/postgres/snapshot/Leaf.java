package dev.leat.postgres.snapshot;

import dev.leat.spi.schema.TableId;

/**
 * A table that holds rows itself, as it is on disk.
 *
 * @param oid pg_class.oid
 * @param filenode another one after every rewrite: TRUNCATE, VACUUM FULL, CLUSTER, some ALTER TABLE
 * @param id its name
 * @param pages its size
 * @param rows as estimated, or -1
 */
record Leaf(long oid, long filenode, TableId id, long pages, long rows) {}
