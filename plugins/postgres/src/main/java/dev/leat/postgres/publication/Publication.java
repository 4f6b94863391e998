package dev.leat.postgres.publication;

import dev.leat.postgres.schema.TablePart;
import dev.leat.spi.schema.TableId;
import java.util.Map;

/**
 * A publication as the catalogs have it.
 *
 * @param name its name
 * @param everyTable whether it holds all tables, also of one schema, that there will ever be
 * @param inserts whether inserts are published
 * @param updates whether updates are published
 * @param deletes whether deletes are published
 * @param truncates whether truncates are published
 * @param viaRoot whether changes of partitions are published as those of the partitioned table
 * @param ownership whether the role logged in may change it
 * @param tables what it holds now
 */
public record Publication(
    String name,
    boolean everyTable,
    boolean inserts,
    boolean updates,
    boolean deletes,
    boolean truncates,
    boolean viaRoot,
    boolean ownership,
    Map<TableId, TablePart> tables) {

  public Publication {
    tables = Map.copyOf(tables);
  }
}
