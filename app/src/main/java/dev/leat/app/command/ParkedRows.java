package dev.leat.app.command;

import dev.leat.flow.model.FlowModel;
import dev.leat.flow.model.LoadModel;
import dev.leat.library.FlowEngines;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.sql.Dialect;
import dev.leat.spi.sql.PortableSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of files that could not be loaded, of some datasets and files.
 *
 * @param loads whose rows
 * @param files names, with {@code *} for any characters; empty for all
 */
record ParkedRows(List<LoadModel> loads, List<String> files) {
  private static final ErrorCode UNKNOWN = new ErrorCode("TABLE_UNKNOWN", ErrorCategory.CONFIG);
  private static final List<String> COLUMNS =
      List.of("file", "line", "reason", "raw", "run", "parked_at");

  /**
   * How many rows of a file are parked for one reason, or for any.
   *
   * @param reason empty for any
   */
  record Count(LoadModel load, String file, String reason, long rows) {}

  /**
   * Those that are meant.
   *
   * @param datasets or sources by name; empty for all
   * @throws LeatException category CONFIG if the flow loads no files into one of them
   */
  static ParkedRows of(FlowModel flow, List<String> datasets, List<String> files) {
    for (String name : datasets) {
      if (flow.loads().stream().noneMatch(load -> isCalled(load, name))) {
        throw new LeatException(
            UNKNOWN,
            "no source of the flow loads files into " + name,
            flow.loads().isEmpty()
                ? "add one with from = \"files\""
                : "its datasets of files are "
                    + flow.loads().stream()
                        .map(load -> load.into().toString())
                        .collect(Collectors.joining(", ")));
      }
    }
    return new ParkedRows(
        flow.loads().stream()
            .filter(
                load ->
                    datasets.isEmpty() || datasets.stream().anyMatch(name -> isCalled(load, name)))
            .toList(),
        List.copyOf(files));
  }

  private static boolean isCalled(LoadModel load, String name) {
    return load.into().toString().equals(name) || load.node().equals(name);
  }

  /** Counts by file and reason, in that order; of those of them that are there. */
  List<Count> byReason(FlowEngines engines) {
    List<Count> counts = new ArrayList<>();
    for (LoadModel load : loads) {
      engine(engines, load).ifPresent(engine -> count(engines, load, engine, counts));
    }
    return counts;
  }

  /** Counts by file. */
  List<Count> byFile(FlowEngines engines) {
    List<Count> counts = new ArrayList<>();
    for (Count count : byReason(engines)) {
      Count last = counts.isEmpty() ? null : counts.getLast();
      long before = 0;
      if (last != null && last.load().equals(count.load()) && last.file().equals(count.file())) {
        before = counts.removeLast().rows();
      }
      counts.add(new Count(count.load(), count.file(), "", before + count.rows()));
    }
    return counts;
  }

  private void count(FlowEngines engines, LoadModel load, Engine engine, List<Count> counts) {
    Dialect dialect = dialect(engines, load);
    String file = dialect.quote("file");
    String reason = dialect.quote("reason");
    engine
        .query(
            "SELECT %s, %s, COUNT(*) AS n FROM %s GROUP BY %s, %s ORDER BY %s, %s"
                .formatted(file, reason, dialect.quote(load.parked()), file, reason, file, reason),
            Integer.MAX_VALUE)
        .rows()
        .stream()
        .filter(row -> isWanted(Objects.requireNonNull(row.get(0))))
        .forEach(
            row ->
                counts.add(
                    new Count(
                        load,
                        Objects.requireNonNull(row.get(0)),
                        Objects.requireNonNullElse(row.get(1), ""),
                        Long.parseLong(Objects.requireNonNull(row.get(2))))));
  }

  private boolean isWanted(String file) {
    return files.isEmpty()
        || files.stream()
            .anyMatch(
                pattern -> Pattern.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), file));
  }

  /** The engine of a dataset, if it has parked rows. */
  static Optional<Engine> engine(FlowEngines engines, LoadModel load) {
    return engines
        .find(load.engine().orElse(engines.usual()))
        .filter(engine -> engine.columns(load.parked()).isPresent());
  }

  /** The query that gives the rows themselves, in the language of the dataset's engine. */
  String query(FlowEngines engines, LoadModel load, List<Count> counts) {
    Dialect dialect = dialect(engines, load);
    String chosen =
        files.isEmpty()
            ? ""
            : counts.stream()
                .filter(count -> count.load().equals(load))
                .map(count -> PortableSql.text(count.file()))
                .distinct()
                .collect(
                    Collectors.joining(", ", " WHERE " + dialect.quote("file") + " IN (", ")"));
    return "SELECT %s FROM %s%s ORDER BY %s, %s"
        .formatted(
            COLUMNS.stream().map(dialect::quote).collect(Collectors.joining(", ")),
            dialect.quote(load.parked()),
            chosen,
            dialect.quote("file"),
            dialect.quote("line"));
  }

  private static Dialect dialect(FlowEngines engines, LoadModel load) {
    return engines.connector(load.engine().orElse(engines.usual())).dialect();
  }

  /** The rows themselves behind their dataset, at most so many of each. */
  List<List<@Nullable String>> rows(FlowEngines engines, List<Count> counts, int most) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (LoadModel load : loads) {
      if (counts.stream().anyMatch(count -> count.load().equals(load))) {
        Engine engine = engine(engines, load).orElseThrow();
        for (List<@Nullable String> row : engine.query(query(engines, load, counts), most).rows()) {
          List<@Nullable String> one = new ArrayList<>();
          one.add(load.into().toString());
          one.addAll(row.subList(0, 4));
          rows.add(one);
        }
      }
    }
    return rows;
  }
}
