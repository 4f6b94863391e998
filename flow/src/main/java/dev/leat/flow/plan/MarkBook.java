package dev.leat.flow.plan;

import dev.leat.flow.engine.Engines;
import dev.leat.spi.engine.Mark;
import dev.leat.spi.schema.TableId;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The marks of a flow's engines, read once each. Safe for use by several threads. */
public final class MarkBook {
  /** Marks of tables that sources bring begin with this. */
  private static final String SOURCE = "source:";

  private final Engines engines;
  private final Map<String, NavigableMap<String, Mark>> marks = new ConcurrentHashMap<>();

  public MarkBook(Engines engines) {
    this.engines = engines;
  }

  private NavigableMap<String, Mark> of(String engine) {
    return marks.computeIfAbsent(
        engine,
        name -> {
          NavigableMap<String, Mark> found = new ConcurrentSkipListMap<>();
          engines
              .find(name)
              .ifPresent(
                  open ->
                      open.marks().forEach(mark -> found.put(key(mark.step(), mark.unit()), mark)));
          return found;
        });
  }

  /** The mark of a table that a step writes. */
  public Optional<Mark> mark(String engine, TableId table, String unit) {
    return Optional.ofNullable(of(engine).get(key(table.toString(), unit)));
  }

  /**
   * The state of a table that a step writes, as a text that is another after each change of a part
   * of it; empty if nothing is known of it.
   */
  public Optional<String> version(String engine, TableId table) {
    String begin = key(table.toString(), "");
    List<String> versions =
        of(engine).subMap(begin, true, begin + Character.MAX_VALUE, false).values().stream()
            .map(mark -> mark.unit() + "@" + mark.run() + "@" + mark.at())
            .toList();
    return versions.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", versions));
  }

  /** The mark of a table that a source brings, which is set whenever it changes. */
  public Optional<Mark> source(String engine, TableId table) {
    return Optional.ofNullable(of(engine).get(key(sourceName(table), "")));
  }

  /** What the mark of a source's table is called. */
  public static String sourceName(TableId table) {
    return SOURCE + table;
  }

  /** Notes a mark that was just made durable. */
  public void noted(String engine, Mark mark) {
    of(engine).put(key(mark.step(), mark.unit()), mark);
  }

  private static String key(String step, String unit) {
    return step + "\n" + unit;
  }
}
