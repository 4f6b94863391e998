package dev.leat.config;

import dev.leat.flow.check.ColumnTypeNames;
import dev.leat.flow.load.FilePattern;
import dev.leat.flow.model.FormatModel;
import dev.leat.flow.model.LoadModel;
import dev.leat.flow.model.LoadModel.Action;
import dev.leat.flow.model.LoadModel.NewColumns;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.storage.StorageAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code [source.NAME]} with {@code from = "files"}. */
final class LoadReader {
  private LoadReader() {}

  /** The load, unless something is wrong with it, which is reported. */
  static Optional<LoadModel> read(Section section) {
    int before = section.problemCount();
    OptionValues values = section.read(LoadOptions.OPTIONS);
    if (section.problemCount() > before) {
      return Optional.empty();
    }
    TableId into = section.table("into", values.string("into"));
    if (into != null && into.schema().startsWith("_leat")) {
      section.report(
          "CONFIG_TABLE_NAME",
          "schema " + into.schema() + " is Leat's own",
          "into",
          "choose another schema, such as bronze");
    }
    String path = values.string("path");
    try {
      FilePattern pattern = FilePattern.of(StorageAddress.of(path, Path.of("/")).name());
      assert pattern.prefix() != null;
    } catch (LeatException e) {
      section.report(e.code().name(), e.message(), "path", e.fix());
    }
    Map<String, LogicalType> columns = new LinkedHashMap<>();
    values
        .map("columns")
        .forEach(
            (name, type) ->
                ColumnTypeNames.parse(type)
                    .ifPresentOrElse(
                        known -> columns.put(name, known),
                        () ->
                            section.report(
                                "CONFIG_COLUMN_TYPE",
                                "column " + name + ": there is no type " + type,
                                "columns",
                                "write for example bigint, double, decimal(10,2), text, date,"
                                    + " timestamp, timestamptz, boolean or json")));
    if (into == null || section.problemCount() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new LoadModel(
            section.name(),
            into,
            path,
            values.table("format").map(LoadReader::format).orElse(FormatModel.USUAL),
            columns,
            new LoadModel.Rules(
                values.string("on_bad_row").equals("park"),
                values.optional("max_bad", Object.class),
                values.string("on_bad_file").equals("fail"),
                switch (values.string("new_columns")) {
                  case "park" -> NewColumns.PARK;
                  case "stop" -> NewColumns.STOP;
                  default -> NewColumns.ADD;
                },
                values.string("missing_columns").equals("null")),
            new LoadModel.After(
                switch (values.string("after")) {
                  case "archive" -> Action.ARCHIVE;
                  case "delete" -> Action.DELETE;
                  default -> Action.KEEP;
                },
                values.optional("archive", String.class),
                values.optional("retention", Duration.class)),
            new LoadModel.Limits(
                Math.clamp(values.integer("max_files"), 1, 100_000),
                values.size("max_bytes"),
                Math.clamp(values.integer("max_expansion"), 1, 1_000_000)),
            values.optional("engine", String.class),
            values.optional("pool", String.class),
            FlowModelReader.retry(values),
            values.optional("timeout", Duration.class),
            values.optional("description", String.class).orElse(""),
            section.place()));
  }

  private static FormatModel format(OptionValues values) {
    return new FormatModel(
        values.optional("type", String.class),
        values.optional("header", Boolean.class),
        values.optional("delimiter", String.class).filter(text -> !text.isEmpty()),
        values.optional("quote", String.class),
        values.optional("escape", String.class),
        values.optional("encoding", String.class),
        values.optional("compression", String.class),
        values.strings("null"),
        Math.clamp(values.integer("skip"), 0, 1_000_000),
        values.optional("comment", String.class),
        values.optional("date_format", String.class),
        values.optional("timestamp_format", String.class),
        values.string("decimal").charAt(0),
        values.string("nested").equals("flatten"),
        Math.clamp(values.integer("depth"), 1, 100),
        values.size("max_row"),
        Math.clamp(values.integer("max_depth"), 1, 100));
  }
}
