package dev.leat.flow.model;

import dev.leat.flow.Place;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code [source.NAME]} with {@code from = "files"}: files whose rows become a dataset, each once.
 *
 * @param name of the section
 * @param into the dataset
 * @param path an address with wildcards and dates
 * @param format how the files are written
 * @param columns types by name, in order; empty if they are found out when the dataset is made
 * @param rules what happens with what is not as it should be
 * @param after what becomes of files that are loaded
 * @param limits how much at a time
 * @param engine where the dataset is; empty for the flow's
 * @param pool that limits how many run at a time; empty for none
 * @param retry its own; empty for the flow's
 * @param timeout the longest that one attempt may take; empty for no limit
 * @param description for people; may be empty
 * @param place in the flow file
 */
public record LoadModel(
    String name,
    TableId into,
    String path,
    FormatModel format,
    Map<String, LogicalType> columns,
    Rules rules,
    After after,
    Limits limits,
    Optional<String> engine,
    Optional<String> pool,
    Optional<RetryModel> retry,
    Optional<Duration> timeout,
    String description,
    Place place) {
  public LoadModel {
    columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** What it is called in a flow's graph. */
  public String node() {
    return "source." + name;
  }

  /** Everything that it writes, the rows of the files first. */
  public List<TableId> datasets() {
    return List.of(into, parked(), ledger());
  }

  /** Where rows are that could not be loaded. */
  public TableId parked() {
    return new TableId(into.schema(), into.table() + "_parked");
  }

  /** The files that were loaded. */
  public TableId ledger() {
    return new TableId(into.schema(), into.table() + "_files");
  }

  /**
   * What happens with what is not as it should be.
   *
   * @param parkRows whether bad rows are parked; otherwise the load stops
   * @param maxBad the most bad rows in one go, a {@link Long}, or share of rows, a {@link Double};
   *     empty for no limit
   * @param failOnBadFile whether the load counts as failed if a file cannot be read; the others are
   *     loaded either way
   * @param newColumns what happens with columns that the dataset does not have
   * @param missingColumns whether files may lack columns of the dataset
   */
  public record Rules(
      boolean parkRows,
      Optional<Object> maxBad,
      boolean failOnBadFile,
      NewColumns newColumns,
      boolean missingColumns) {}

  /** What to do with columns that the dataset does not have. */
  public enum NewColumns {
    /** They are added, NULL in the rows that are there. */
    ADD,
    /** The rows of such a file are parked. */
    PARK,
    /** The load ends with an error before anything is changed. */
    STOP
  }

  /**
   * What becomes of files that are loaded.
   *
   * @param action what
   * @param archive where they are moved to; may have {@code {date:…}} of the load in it
   * @param retention the age at which files below the archive, or else loaded files, are removed;
   *     empty for never
   */
  public record After(Action action, Optional<String> archive, Optional<Duration> retention) {}

  /** What is done with a file whose rows are durable. */
  public enum Action {
    KEEP,
    ARCHIVE,
    DELETE
  }

  /**
   * How much at a time.
   *
   * @param files in one transaction
   * @param bytes of files in one transaction, except for one larger file
   * @param expansion how many times its size a compressed file may become
   */
  public record Limits(int files, long bytes, long expansion) {}
}
