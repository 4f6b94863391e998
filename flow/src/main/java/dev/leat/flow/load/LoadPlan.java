package dev.leat.flow.load;

import dev.leat.flow.model.LoadModel;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.storage.StoredFile;
import java.util.List;
import java.util.Map;

/**
 * What loading files would do.
 *
 * @param load which
 * @param engine where the dataset is
 * @param table what is written
 * @param files to load, in order
 * @param loaded files that are there and were loaded
 * @param before the columns of the table; empty if it is not there
 * @param columns those it has, or would have as far as that is known; empty if nothing is
 * @param expired files that would be removed for their age
 * @param notes what a person should know
 */
public record LoadPlan(
    LoadModel load,
    String engine,
    TableId table,
    List<FoundFile> files,
    List<StoredFile> loaded,
    List<Column> before,
    List<Column> columns,
    List<String> expired,
    List<String> notes) {
  public LoadPlan {
    files = List.copyOf(files);
    loaded = List.copyOf(loaded);
    before = List.copyOf(before);
    columns = List.copyOf(columns);
    expired = List.copyOf(expired);
    notes = List.copyOf(notes);
  }

  /** Whether rows would be loaded, or a table made. */
  public boolean changes() {
    return !files.isEmpty() || before.isEmpty();
  }

  /** The columns of what it makes, as far as that will be there. */
  public Map<TableId, List<Column>> datasets() {
    return columns.isEmpty()
        ? Map.of(load.into(), columns)
        : Map.of(
            load.into(), columns, load.parked(), LoadStage.PARKED, load.ledger(), Ledger.COLUMNS);
  }

  /** With the columns that another plan found in the very same files. */
  public LoadPlan withColumnsOf(LoadPlan other) {
    boolean same =
        columns.isEmpty() && files.equals(other.files) && files.size() <= LoadPlanner.SAMPLE;
    return same
        ? new LoadPlan(load, engine, table, files, loaded, before, other.columns, expired, notes)
        : this;
  }

  /** Bytes of the files to load. */
  public long bytes() {
    return files.stream().mapToLong(file -> file.file().size()).sum();
  }
}
