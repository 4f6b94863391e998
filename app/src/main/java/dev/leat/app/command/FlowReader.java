package dev.leat.app.command;

import dev.leat.app.output.Problem;
import dev.leat.config.CredentialSection;
import dev.leat.config.FlowFile;
import dev.leat.config.FlowFileReader;
import dev.leat.config.FlowProblem;
import dev.leat.config.FlowProblems;
import dev.leat.config.InlineFlow;
import dev.leat.config.Surroundings;
import dev.leat.config.Systems;
import dev.leat.credentials.BuiltInCredentials;
import dev.leat.flow.model.EngineModel;
import dev.leat.library.Flow;
import dev.leat.library.PluginCatalog;
import dev.leat.replication.ReplicationSettings;
import dev.leat.replication.StartMode;
import dev.leat.replication.TableMapping;
import dev.leat.spi.credential.CredentialStoreConnector;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.kind.StepKind;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.Plugin;
import dev.leat.spi.repository.DocumentsConnector;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads flow files, with the plugins that are installed. */
final class FlowReader {
  /** For columns on their way; what PostgreSQL and DuckDB use themselves comes on top. */
  private static final long MEMORY = 2L << 30;

  private static final ErrorCode KIND_TWICE = new ErrorCode("KIND_TWICE", ErrorCategory.CONFIG);

  private static final ErrorCode CREDENTIALS_TWICE =
      new ErrorCode("CREDENTIALS_TWICE", ErrorCategory.CONFIG);

  private static final String ADDRESS = "LEAT_FROM";

  private FlowReader() {}

  /** With no one to ask. */
  static LoadedFlow read(Path file, Map<String, String> environment) {
    return read(file, Surroundings.of(environment));
  }

  static LoadedFlow read(Path file, Surroundings surroundings) {
    PluginCatalog plugins = plugins(file.resolveSibling("plugins.d"), surroundings.environment());
    return loaded(plugins, file, FlowFileReader.read(file, systems(plugins), surroundings));
  }

  /** Where the secrets are that a flow refers to; whatever else is wrong with its file. */
  static CredentialSection credentials(Path file, Surroundings surroundings) {
    PluginCatalog plugins = plugins(file.resolveSibling("plugins.d"), surroundings.environment());
    return FlowFileReader.credentials(file, systems(plugins), surroundings);
  }

  /** Where the secrets are that no flow has a place for. */
  static CredentialSection usualCredentials(Path folder, Surroundings surroundings) {
    PluginCatalog plugins = plugins(folder.resolve("plugins.d"), surroundings.environment());
    return FlowFileReader.usualCredentials(systems(plugins), surroundings);
  }

  /** Whether that says where the address is, and is not the address. */
  static boolean isReference(String from) {
    return from.startsWith("secret:") || from.startsWith("env:") || from.startsWith("file:");
  }

  /**
   * The flow that replicates a PostgreSQL database into a DuckDB file, without a file of its own;
   * its state is beside that of the destination and named after it.
   *
   * @param from an address or a reference to one
   */
  static LoadedFlow read(String from, Path to, List<String> tables, Surroundings surroundings) {
    PluginCatalog plugins = plugins(to.resolveSibling("plugins.d"), surroundings.environment());
    Path file = to.resolveSibling(flowName(to) + ".toml");
    Map<String, String> variables = new HashMap<>(surroundings.environment());
    String reference = from;
    if (!isReference(from)) {
      // Nothing that is written anywhere has the address in it.
      variables.put(ADDRESS, from);
      reference = "env:" + ADDRESS;
    }
    String text = InlineFlow.text(flowName(to), reference, tables, to.toString());
    return loaded(
        plugins,
        file,
        FlowFileReader.readText(
            file, text, systems(plugins), new Surroundings(variables, surroundings.prompt())));
  }

  /**
   * What is on the class path, in a folder beside the flow file and in those that the variable
   * {@code LEAT_PLUGINS} names.
   *
   * @param beside may not exist
   */
  static PluginCatalog plugins(Path beside, Map<String, String> environment) {
    List<Path> folders = new ArrayList<>();
    if (Files.isDirectory(beside)) {
      folders.add(beside);
    }
    Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(environment.getOrDefault("LEAT_PLUGINS", ""))
        .filter(folder -> !folder.isEmpty())
        .forEach(folder -> folders.add(Path.of(folder).toAbsolutePath()));
    return PluginCatalog.installed(folders.stream().distinct().toList());
  }

  /** A flow that is in no file. */
  static LoadedFlow inline(Path file, String text, Map<String, String> environment) {
    return inline(file, text, Surroundings.of(environment));
  }

  static LoadedFlow inline(Path file, String text, Surroundings surroundings) {
    PluginCatalog plugins = plugins(file.resolveSibling("plugins.d"), surroundings.environment());
    return loaded(
        plugins, file, FlowFileReader.readText(file, text, systems(plugins), surroundings));
  }

  private static String flowName(Path to) {
    String name = String.valueOf(to.getFileName()).replaceFirst("\\.[^.]*$", "");
    String clean = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "_");
    String lettered = clean.isEmpty() || !Character.isLetter(clean.charAt(0)) ? "f" + clean : clean;
    return lettered.substring(0, Math.min(lettered.length(), 41));
  }

  private static LoadedFlow loaded(PluginCatalog plugins, Path file, FlowFile read) {
    EngineModel destination =
        read.destination()
            .map(section -> new EngineModel(section.name(), section.system(), section.options()))
            .orElse(null);
    Flow replication =
        read.source().isPresent() && read.destination().isPresent()
            ? replication(plugins, file, read.flow(), read.source().get(), read.destination().get())
            : null;
    return new LoadedFlow(file, read.model(), replication, destination, plugins);
  }

  private static Flow replication(
      PluginCatalog plugins,
      Path file,
      String name,
      FlowFile.SourceSection source,
      FlowFile.DestinationSection destination) {
    TableMapping mapping = table -> new TableMapping.Target(source.target(table), source.mode());
    int copies =
        source.options().optional("copy_connections", Long.class).map(Long::intValue).orElse(2);
    return new Flow(
        name,
        file,
        new Flow.SourceSide(
            source.name(),
            plugins.plugin(source.system()).flatMap(Plugin::source).orElseThrow(),
            source.options()),
        new Flow.DestinationSide(
            destination.name(),
            plugins.plugin(destination.system()).flatMap(Plugin::destination).orElseThrow(),
            destination.options()),
        ReplicationSettings.defaults(name + "_" + source.name(), source.tables())
            .withMapping(mapping)
            .withMode(mode(source.initial()))
            .withCopyWorkers(copies),
        MEMORY);
  }

  static List<Problem> problems(FlowProblems failure, CommandContext context) {
    String file = context.show(failure.file());
    return failure.problems().stream().map(problem -> problem(file, problem)).toList();
  }

  private static Problem problem(String file, FlowProblem problem) {
    String place =
        problem.line() == 0 ? file : file + ":" + problem.line() + ":" + problem.column();
    return new Problem(
        Problem.ERROR, problem.code(), problem.sentence(), place, Map.of(), problem.fix());
  }

  private static StartMode mode(FlowFile.Initial initial) {
    return switch (initial) {
      case COPY_AND_STREAM -> StartMode.COPY_AND_STREAM;
      case COPY -> StartMode.COPY;
      case STREAM -> StartMode.STREAM;
    };
  }

  static Systems systems(PluginCatalog plugins) {
    Map<String, List<Option>> sources = new TreeMap<>();
    Map<String, List<Option>> destinations = new TreeMap<>();
    Map<String, List<Option>> engines = new TreeMap<>();
    Map<String, List<Option>> storages = new TreeMap<>();
    Map<String, List<Option>> stores = new TreeMap<>();
    Map<String, StepKind> kinds = new TreeMap<>();
    Map<String, DocumentsConnector> documents = new TreeMap<>();
    List<CredentialStoreConnector> credentials = new ArrayList<>();
    for (Plugin plugin : plugins.all()) {
      plugin.source().ifPresent(source -> sources.put(plugin.name(), source.options()));
      plugin
          .destination()
          .ifPresent(destination -> destinations.put(plugin.name(), destination.options()));
      plugin.engine().ifPresent(engine -> engines.put(plugin.name(), engine.options()));
      plugin
          .storage()
          .filter(storage -> !storage.options().isEmpty())
          .ifPresent(storage -> storages.put(storage.scheme(), storage.options()));
      plugin.documents().ifPresent(store -> stores.put(plugin.name(), store.options()));
      plugin.documents().ifPresent(store -> documents.put(plugin.name(), store));
      credentials.addAll(plugin.credentials());
      for (StepKind kind : plugin.kinds()) {
        if (kinds.put(kind.name(), kind) != null) {
          throw new LeatException(
              KIND_TWICE,
              "plugin %s has a kind of step named %s, and another has one too"
                  .formatted(plugin.name(), kind.name()),
              "give yours another name");
        }
      }
    }
    credentials.addAll(BuiltInCredentials.connectors(documents));
    return new Systems(
        sources, destinations, engines, storages, stores, kinds, byType(credentials));
  }

  private static Map<String, CredentialStoreConnector> byType(
      List<CredentialStoreConnector> connectors) {
    Map<String, CredentialStoreConnector> byType = new TreeMap<>();
    for (CredentialStoreConnector connector : connectors) {
      if (byType.put(connector.type(), connector) != null) {
        throw new LeatException(
            CREDENTIALS_TWICE,
            "there are two kinds of credential stores named " + connector.type(),
            "remove one of the plugins, or give yours another name");
      }
    }
    return byType;
  }
}
