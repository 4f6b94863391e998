package dev.leat.duckdb;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.Mark;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** An engine of a test, and what is done with it in one line. */
record EngineFile(Engine engine, BufferAllocator memory) implements AutoCloseable {

  static EngineFile open(Path file) {
    return open(file, Access.WRITE);
  }

  static EngineFile open(Path file, Access access) {
    BufferAllocator memory = new RootAllocator();
    OptionValues options = new OptionValues(Map.of("path", file));
    return new EngineFile(
        new DuckDbPlugin()
            .engine()
            .orElseThrow()
            .open(new OpenContext("it", "it", options, memory), access),
        memory);
  }

  static TableId table(String name) {
    return new TableId("shop", name);
  }

  static TableId staging(String name) {
    return new TableId("shop", "_leat_staged_" + name);
  }

  long stage(String name, String query) {
    return stage(name, query, Cancellation.never());
  }

  long stage(String name, String query, Cancellation cancellation) {
    return engine.stage(
        staging(name), new Relation.NativeSql("duckdb", query), query, List.of(), cancellation);
  }

  long publish(String name, Write write) {
    return publish(name, write, mark(name, "", null));
  }

  long publish(String name, Write write, Mark mark) {
    return engine.publish(publication(name, write), mark, Cancellation.never());
  }

  Publication publication(String name, Write write) {
    List<Column> columns =
        engine.columns(staging(name)).orElseThrow().stream()
            .filter(
                column ->
                    !(write instanceof Write.Merge merge && column.name().equals(merge.deleted())))
            .toList();
    return new Publication(
        table(name), staging(name), write, columns, engine.columns(table(name)).orElse(List.of()));
  }

  static Mark mark(String step, String unit, @org.jspecify.annotations.Nullable String watermark) {
    return new Mark(
        step, unit, "run", "fingerprint", watermark, Instant.parse("2024-05-01T10:00:00.123456Z"));
  }

  List<List<@org.jspecify.annotations.Nullable String>> rows(String query) {
    return engine.query(query, 1000).rows();
  }

  @Override
  public void close() {
    engine.close();
    memory.close();
  }
}
