package dev.leat.library;

import dev.leat.flow.engine.Engines;
import dev.leat.flow.model.EngineModel;
import dev.leat.flow.model.FlowModel;
import dev.leat.flow.model.PublishModel;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.engine.FileWriter;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.plugin.Plugin;
import dev.leat.spi.storage.Storages;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The engines of a flow, from the plugins that are installed. */
public final class FlowEngines implements Engines {
  private static final String USUAL = "duckdb";

  /** The name under which steps know the destination of the flow's replication. */
  private static final String DESTINATION = "destination";

  private static final ErrorCode NO_ENGINE = new ErrorCode("FLOW_NO_ENGINE", ErrorCategory.CONFIG);

  /** For columns on their way between engines. */
  private static final long MEMORY = 1L << 30;

  /** For rows of files on their way to an engine that does not read them itself. */
  private static final long SCRATCH_MEMORY = 1L << 30;

  private final String flow;
  private final Path file;
  private final Map<String, EngineModel> models = new HashMap<>();
  private final PluginCatalog plugins;
  private final Access access;
  private final String usual;
  private final FlowStorages storages;
  private final OpenResources resources = new OpenResources(MEMORY);
  private final Map<String, Optional<Engine>> open = new HashMap<>();

  /**
   * @param file the flow file, absolute; engines that are named without options have theirs beside
   *     it
   * @param destination system and options of the flow's destination; null if it has none
   * @param instead the engine of steps that name none, whatever the flow says; null for the flow's
   * @param access whether to make and write, or only look
   */
  public FlowEngines(
      FlowModel flow,
      Path file,
      @Nullable EngineModel destination,
      @Nullable String instead,
      PluginCatalog plugins,
      Access access) {
    this.flow = flow.name();
    this.file = file;
    this.plugins = plugins;
    this.access = access;
    this.storages =
        new FlowStorages(Objects.requireNonNull(file.getParent()), flow.storages(), plugins);
    models.putAll(flow.engines());
    boolean computes =
        destination != null
            && plugins.plugin(destination.system()).flatMap(Plugin::engine).isPresent();
    if (destination != null && computes) {
      models.put(
          DESTINATION, new EngineModel(DESTINATION, destination.system(), destination.options()));
    }
    String named = instead != null ? instead : flow.run().engine().orElse(null);
    if (named == null
        || (computes
            && destination != null
            && named.equals(destination.system())
            && !models.containsKey(named))) {
      this.usual = computes ? DESTINATION : USUAL;
    } else {
      this.usual = named;
    }
  }

  @Override
  public String usual() {
    return usual;
  }

  @Override
  public EngineConnector connector(String name) {
    EngineModel model = models.get(name);
    String system = model == null ? name : model.system();
    return plugins.plugin(system).flatMap(Plugin::engine).orElseThrow(() -> noEngine(name));
  }

  private LeatException noEngine(String name) {
    return new LeatException(
        NO_ENGINE,
        "there is no engine " + name,
        "name one of "
            + StreamSupport.stream(plugins.all().spliterator(), false)
                .filter(plugin -> plugin.engine().isPresent())
                .map(Plugin::name)
                .collect(Collectors.joining(", "))
            + (models.isEmpty() ? "" : ", " + String.join(", ", models.keySet()))
            + ", or add a section [engine."
            + name
            + "]");
  }

  @Override
  public synchronized Engine engine(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new LeatException(
                    ErrorCode.DESTINATION_MISSING,
                    "engine " + name + " has nothing yet",
                    "`leat run` makes it"));
  }

  @Override
  public synchronized Optional<Engine> find(String name) {
    Optional<Engine> engine = open.get(name);
    if (engine == null) {
      engine = opened(connector(name), options(name));
      open.put(name, engine);
    }
    return engine;
  }

  private Optional<Engine> opened(EngineConnector connector, OptionValues options) {
    try {
      OpenContext context = new OpenContext(flow, flow, options, resources.allocator());
      return Optional.of(resources.opened(connector.open(context, access)));
    } catch (LeatException e) {
      if (access == Access.READ && e.code().equals(ErrorCode.DESTINATION_MISSING)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The file that an engine's data is in; empty if it is in none. */
  public Optional<Path> path(String name) {
    return options(name).optional("path", Path.class);
  }

  private OptionValues options(String name) {
    EngineModel model = models.get(name);
    if (model != null) {
      return model.options();
    }
    Map<String, Object> values = new HashMap<>();
    for (Option option : connector(name).options()) {
      if (option.key().equals("path") && option.type() == OptionType.PATH) {
        values.put("path", file.resolveSibling(flow + "." + name));
      } else if (option.required()) {
        throw new LeatException(
            NO_ENGINE,
            "engine " + name + " needs " + option.key(),
            "add a section [engine.%s] with type = \"%s\" and %s = %s"
                .formatted(name, name, option.key(), option.example()));
      }
    }
    return new OptionValues(values);
  }

  @Override
  public Engine scratch(Path scratch) {
    Map<String, Object> values = new HashMap<>();
    EngineConnector reads =
        plugins.plugin(USUAL).flatMap(Plugin::engine).orElseThrow(() -> noEngine(USUAL));
    values.put("path", scratch);
    values.put("memory_limit", SCRATCH_MEMORY);
    OpenContext context =
        new OpenContext(flow, flow, new OptionValues(values), resources.allocator());
    return reads.open(context, Access.WRITE);
  }

  @Override
  public EngineConnector connector(PublishModel publish) {
    return plugins
        .plugin(publish.system())
        .flatMap(Plugin::engine)
        .orElseThrow(() -> noEngine(publish.system()));
  }

  @Override
  public synchronized Engine engine(PublishModel publish) {
    String name = "publish." + publish.name();
    Optional<Engine> engine = open.get(name);
    if (engine == null) {
      engine = opened(connector(publish), publish.options());
      open.put(name, engine);
    }
    return engine.orElseThrow(() -> noEngine(publish.name()));
  }

  @Override
  public FileWriter files() {
    return StreamSupport.stream(plugins.all().spliterator(), false)
        .flatMap(plugin -> plugin.fileWriter().stream())
        .findFirst()
        .orElseThrow(
            () ->
                new LeatException(
                    NO_ENGINE, "nothing that is installed writes files", "install Leat again"));
  }

  @Override
  public Storages storages() {
    return storages;
  }

  @Override
  public synchronized void close() {
    open.clear();
    storages.close();
    resources.close();
  }
}
