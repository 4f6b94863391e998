package dev.leat.flow.engine;

import dev.leat.flow.model.FlowModel;
import dev.leat.flow.model.LoadModel;
import dev.leat.flow.model.StepModel;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.sql.Catalog;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The datasets of a flow: which engine has each, under which name, with which columns. Safe for use
 * by several threads.
 */
public final class Workspace {
  /** The schema, at an engine, of copies of other engines' tables. */
  private static final String COPIES = "_leat_copy";

  private final Engines engines;
  private final Environment environment;
  private final boolean manual;
  private final Map<TableId, String> homes = new HashMap<>();
  private final Map<TableId, List<Column>> declared;
  private final Map<TableId, List<Column>> known = new ConcurrentHashMap<>();
  private final Map<TableId, Boolean> made = new ConcurrentHashMap<>();

  /** Kept, as planning asks for them with every step; null where a dataset was found since. */
  private @Nullable Set<TableId> names;

  /**
   * @param declared columns of datasets that sources bring, for as long as their tables are not
   *     there
   */
  public Workspace(
      FlowModel flow,
      Engines engines,
      Environment environment,
      Map<TableId, List<Column>> declared) {
    this.engines = engines;
    this.environment = environment;
    this.manual = flow.migrate().manual();
    this.declared = Map.copyOf(declared);
    for (LoadModel load : flow.loads()) {
      String home = load.engine().orElse(engines.usual());
      load.datasets().forEach(dataset -> homes.put(dataset, home));
    }
    for (StepModel step : flow.steps()) {
      for (TableId dataset : step.kind().outputs(step.definition())) {
        homes.put(dataset, step.engine().orElse(engines.usual()));
      }
    }
  }

  public Engines engines() {
    return engines;
  }

  /** Whether runs leave the columns of datasets that are there as they are. */
  public boolean keepsColumns() {
    return manual;
  }

  public Environment environment() {
    return environment;
  }

  /** The engine that a dataset is in. */
  public String home(TableId dataset) {
    return homes.getOrDefault(dataset, engines.usual());
  }

  /** The table that a step's dataset is written to. */
  public TableId written(TableId dataset) {
    return environment.written(dataset);
  }

  /**
   * The table that a dataset is read from at its home: in an environment its own one, or the real
   * one as long as there is no other.
   */
  public TableId read(TableId dataset) {
    if (!homes.containsKey(dataset)) {
      return dataset;
    }
    TableId own = environment.written(dataset);
    return own.equals(dataset) || isMade(dataset) ? own : dataset;
  }

  private boolean isMade(TableId dataset) {
    return made.computeIfAbsent(
        dataset,
        name ->
            engines
                .find(home(name))
                .flatMap(engine -> engine.columns(environment.written(name)))
                .isPresent());
  }

  /** Where a query that runs at {@code engine} reads a dataset. */
  public TableId placeAt(String engine, TableId dataset) {
    return home(dataset).equals(engine) ? read(dataset) : copy(dataset);
  }

  /** The name that a dataset of another engine has as a copy. */
  public TableId copy(TableId dataset) {
    TableId source = read(dataset);
    return new TableId(COPIES, source.schema() + "__" + source.table());
  }

  /** Notes what a step makes, or made, of a dataset. */
  public void made(TableId dataset, List<Column> columns, boolean written) {
    know(dataset, columns);
    if (written) {
      made.put(dataset, true);
    }
  }

  /** The columns of a dataset: as a step makes them, as they are, or as the source has them. */
  public Optional<List<Column>> columns(TableId dataset) {
    List<Column> columns = known.get(dataset);
    if (columns != null) {
      return Optional.of(columns);
    }
    Optional<List<Column>> found =
        engines.find(home(dataset)).flatMap(engine -> engine.columns(read(dataset)));
    if (found.isEmpty()) {
      return Optional.ofNullable(declared.get(dataset));
    }
    // Of a dataset that a step makes they may change.
    if (!homes.containsKey(dataset)) {
      know(dataset, found.get());
    }
    return found;
  }

  private void know(TableId dataset, List<Column> columns) {
    synchronized (known) {
      if (known.put(dataset, columns) == null && !homes.containsKey(dataset)) {
        names = null;
      }
    }
  }

  /** All datasets that steps make or sources bring, sorted. */
  public Set<TableId> names() {
    synchronized (known) {
      if (names == null) {
        TreeSet<TableId> all = new TreeSet<>(homes.keySet());
        all.addAll(declared.keySet());
        all.addAll(known.keySet());
        names = Collections.unmodifiableSet(new LinkedHashSet<>(all));
      }
      return names;
    }
  }

  /** Whether a step of the flow makes the dataset. */
  public boolean isMadeHere(TableId dataset) {
    return homes.containsKey(dataset);
  }

  /** The datasets, for compiling queries. */
  public Catalog catalog() {
    return new Catalog() {
      @Override
      public Optional<List<Column>> columns(TableId dataset) {
        return Workspace.this.columns(dataset);
      }

      @Override
      public Collection<TableId> names() {
        return Workspace.this.names();
      }
    };
  }

  /** Where queries at an engine read datasets, but for those that {@code instead} has. */
  public UnaryOperator<TableId> places(String engine, Map<TableId, TableId> instead) {
    return dataset -> {
      TableId other = instead.get(dataset);
      return other != null ? other : placeAt(engine, dataset);
    };
  }

  /** The engine that a dataset is in, opened. */
  public Engine engineOf(TableId dataset) {
    return Objects.requireNonNull(engines.engine(home(dataset)));
  }
}
