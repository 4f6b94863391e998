package dev.leat.library;

import dev.leat.replication.MemoryStateStore;
import dev.leat.replication.Replication;
import dev.leat.replication.ReplicationSettings;
import dev.leat.replication.StartMode;
import dev.leat.replication.TableMapping;
import dev.leat.spi.destination.Destination;
import dev.leat.spi.destination.WriteMode;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.plugin.Plugin;
import dev.leat.spi.plugin.Secret;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.Source;
import dev.leat.spi.source.TableSelection;
import dev.leat.spi.state.Lease;
import dev.leat.spi.state.LeaseHolder;
import dev.leat.spi.state.StateStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Describes a replication, then starts it. What is not said is as in a flow file: all tables of
 * schema {@code public}, the current state, state kept in the folder {@code .leat}.
 */
public final class ReplicationBuilder {
  private static final ErrorCode INCOMPLETE =
      new ErrorCode("LIBRARY_INCOMPLETE", ErrorCategory.CONFIG);
  private static final ErrorCode NO_PLUGIN =
      new ErrorCode("LIBRARY_NO_PLUGIN", ErrorCategory.CONFIG);
  private static final long MEMORY = 2L << 30;

  private final String name;
  private final PluginCatalog plugins = PluginCatalog.installed();
  private @Nullable Function<OpenContext, Source> source;
  private Map<String, Object> sourceOptions = Map.of();
  private @Nullable Function<OpenContext, Destination> destination;
  private Map<String, Object> destinationOptions = Map.of();
  private List<String> tables = List.of("public.*");
  private List<String> exclude = List.of();
  private @Nullable String into;
  private WriteMode mode = WriteMode.MIRROR;
  private StartMode start = StartMode.COPY_AND_STREAM;
  private @Nullable Path stateFolder = Path.of(".leat");

  ReplicationBuilder(String name) {
    if (!name.matches("[a-z][a-z0-9_]{0,40}")) {
      throw new LeatException(
          INCOMPLETE,
          "the replication's name " + name + " cannot be used",
          "use lower-case letters, digits and underscores, at most 41");
    }
    this.name = name;
  }

  /** Reads a PostgreSQL database, {@code postgres://user:password@host/database}. */
  public ReplicationBuilder fromPostgres(String url) {
    return from("postgres", Map.of("connection", new Secret(url)));
  }

  /**
   * Reads a system.
   *
   * @param options as in a flow file, with the Java types that {@link
   *     dev.leat.spi.plugin.OptionType} names
   */
  public ReplicationBuilder from(String system, Map<String, Object> options) {
    var connector = plugin(system).source().orElseThrow(() -> missing(system, "source"));
    source = connector::open;
    sourceOptions = Map.copyOf(options);
    return this;
  }

  /** Which tables, by names or patterns as {@code public.*}. */
  public ReplicationBuilder tables(String... patterns) {
    tables = List.of(patterns);
    return this;
  }

  /** Which of them not. */
  public ReplicationBuilder exclude(String... patterns) {
    exclude = List.of(patterns);
    return this;
  }

  /** Writes a DuckDB file. */
  public ReplicationBuilder intoDuckDb(Path file) {
    return into("duckdb", Map.of("path", file.toAbsolutePath()));
  }

  /** Writes a system; options as with {@link #from}. */
  public ReplicationBuilder into(String system, Map<String, Object> options) {
    var connector = plugin(system).destination().orElseThrow(() -> missing(system, "destination"));
    destination = context -> connector.open(context, Access.WRITE);
    destinationOptions = Map.copyOf(options);
    return this;
  }

  /**
   * Writes a destination of yours.
   *
   * @param open makes it when the replication starts; it is closed with the replication
   */
  public ReplicationBuilder into(Function<BufferAllocator, Destination> open) {
    destination = context -> open.apply(context.allocator());
    return this;
  }

  /** The schema at the destination; the source's by default. */
  public ReplicationBuilder schema(String atDestination) {
    into = atDestination;
    return this;
  }

  public ReplicationBuilder mode(WriteMode newMode) {
    mode = newMode;
    return this;
  }

  /** Ends when everything is copied. */
  public ReplicationBuilder copyOnly() {
    start = StartMode.COPY;
    return this;
  }

  /** Where the state is kept, without which a replication cannot go on. */
  public ReplicationBuilder stateIn(Path folder) {
    stateFolder = folder;
    return this;
  }

  /** Keeps the state in memory: the next start begins from zero, and needs a new destination. */
  public ReplicationBuilder stateInMemory() {
    stateFolder = null;
    return this;
  }

  /**
   * Starts it.
   *
   * @throws LeatException if source, destination or state cannot be opened; what goes wrong later
   *     is thrown by {@link Leat#awaitCaughtUp} and {@link Leat#close}
   */
  public Leat start() {
    Function<OpenContext, Source> openSource = source;
    Function<OpenContext, Destination> openDestination = destination;
    if (openSource == null || openDestination == null) {
      throw new LeatException(
          INCOMPLETE,
          "replication " + name + " has no " + (openSource == null ? "source" : "destination"),
          openSource == null ? "call fromPostgres or from" : "call intoDuckDb or into");
    }
    OpenResources open = new OpenResources(MEMORY);
    try {
      Source from = open.opened(openSource.apply(context(open, "source", sourceOptions)));
      StateStore store = open.opened(store());
      Lease lease =
          open.opened(
              store.acquire(
                  name,
                  new LeaseHolder("localhost", ProcessHandle.current().pid(), Instant.now(), "")));
      Destination to =
          open.opened(openDestination.apply(context(open, "destination", destinationOptions)));
      return new Leat(
          open, from, new Replication(settings(), from, to, store, lease, open.allocator()));
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }

  private ReplicationSettings settings() {
    String schema = into;
    TableMapping mapping =
        table ->
            new TableMapping.Target(
                schema == null ? table : new TableId(schema, table.table()), mode);
    return ReplicationSettings.defaults(name, new TableSelection(tables, exclude))
        .withMapping(mapping)
        .withMode(start);
  }

  private OpenContext context(OpenResources open, String section, Map<String, Object> options) {
    return new OpenContext(section, name, new OptionValues(options), open.allocator());
  }

  private StateStore store() {
    Path folder = stateFolder;
    if (folder == null) {
      return new MemoryStateStore();
    }
    return plugin("sqlite")
        .stateStore()
        .orElseThrow(() -> missing("sqlite", "state store"))
        .open(folder, name, true);
  }

  private Plugin plugin(String system) {
    return plugins
        .plugin(system)
        .orElseThrow(
            () ->
                new LeatException(
                    NO_PLUGIN,
                    "there is no plugin " + system + " on the class path",
                    "add dev.leat:leat-plugin-" + system));
  }

  private static LeatException missing(String system, String what) {
    return new LeatException(
        NO_PLUGIN, "the plugin " + system + " has no " + what, "name another system");
  }
}
