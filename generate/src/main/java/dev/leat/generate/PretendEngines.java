package dev.leat.generate;

import dev.leat.flow.engine.Engines;
import dev.leat.flow.model.PublishModel;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.engine.FileWriter;
import dev.leat.spi.engine.Mark;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import dev.leat.spi.storage.Storages;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Engines that have the tables of a flow's steps in a state to plan for: not made yet, or made and
 * read so far. What steps do not make is looked up where it is.
 */
final class PretendEngines implements Engines {
  private final Engines real;
  private final TokenText tokens;
  private final Sentinels sentinels;
  private final boolean tables;
  private final Map<TableId, List<Column>> steps;
  private final Map<TableId, List<Column>> made;
  private final List<Mark> marks;
  private final Map<String, Engine> open = new HashMap<>();

  /**
   * @param tables whether names of datasets are written as tokens
   * @param steps all tables that steps make
   * @param made those that there are, with their columns
   */
  PretendEngines(
      Engines real,
      TokenText tokens,
      Sentinels sentinels,
      boolean tables,
      Map<TableId, List<Column>> steps,
      Map<TableId, List<Column>> made,
      List<Mark> marks) {
    this.real = real;
    this.tokens = tokens;
    this.sentinels = sentinels;
    this.tables = tables;
    this.steps = steps;
    this.made = made;
    this.marks = marks;
  }

  @Override
  public String usual() {
    return real.usual();
  }

  @Override
  public EngineConnector connector(String name) {
    return new Connector(real.connector(name));
  }

  @Override
  public Engine engine(String name) {
    return open.computeIfAbsent(name, this::pretended);
  }

  private Engine pretended(String name) {
    Dialect dialect = connector(name).dialect();
    return new PretendEngine(
        dialect,
        table ->
            steps.containsKey(table)
                ? Optional.ofNullable(made.get(table))
                : real.find(name).flatMap(engine -> engine.columns(table)),
        made.keySet(),
        marks,
        sentinels);
  }

  @Override
  public Optional<Engine> find(String name) {
    return Optional.of(engine(name));
  }

  @Override
  public EngineConnector connector(PublishModel publish) {
    return real.connector(publish);
  }

  @Override
  public Engine engine(PublishModel publish) {
    throw PretendEngine.onlyLooks();
  }

  @Override
  public FileWriter files() {
    throw PretendEngine.onlyLooks();
  }

  @Override
  public Storages storages() {
    throw PretendEngine.onlyLooks();
  }

  @Override
  public Engine scratch(Path file) {
    throw PretendEngine.onlyLooks();
  }

  /** The real ones belong to whoever opened them. */
  @Override
  public void close() {
    open.clear();
  }

  private final class Connector implements EngineConnector {
    private final EngineConnector connector;

    Connector(EngineConnector connector) {
      this.connector = connector;
    }

    @Override
    public List<Option> options() {
      return connector.options();
    }

    @Override
    public Dialect dialect() {
      return new TokenDialect(connector.dialect(), tokens, sentinels, tables);
    }

    @Override
    public List<String> statements(Publication publication) {
      return connector.statements(publication);
    }

    @Override
    public Engine open(OpenContext context, Access access) {
      throw PretendEngine.onlyLooks();
    }
  }
}
