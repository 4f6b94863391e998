package dev.leat.flow.model;

import dev.leat.flow.migration.Compatibility;
import dev.leat.spi.schema.TableId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code [migrate]}: how the columns of datasets that are there change.
 *
 * @param manual whether runs leave that to {@code leat migrate}
 * @param compatibility which changes are allowed there
 * @param renamed new names of columns by old ones, by dataset
 */
public record MigrateSettings(
    boolean manual, Compatibility compatibility, Map<TableId, Map<String, String>> renamed) {
  public static final MigrateSettings USUAL =
      new MigrateSettings(false, Compatibility.NONE, Map.of());

  public MigrateSettings {
    renamed = Collections.unmodifiableMap(new LinkedHashMap<>(renamed));
  }
}
