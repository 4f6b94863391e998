package dev.leat.config;

import dev.leat.config.FlowFile.DestinationSection;
import dev.leat.config.FlowFile.Initial;
import dev.leat.config.FlowFile.SourceSection;
import dev.leat.flow.model.FlowModel;
import dev.leat.spi.credential.CredentialContext;
import dev.leat.spi.destination.WriteMode;
import dev.leat.spi.error.Spelling;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.TableSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Reads a flow file, and finds everything that is wrong with it at once. */
public final class FlowFileReader {
  static final List<Option> SOURCE =
      List.of(
          Option.required("from", OptionType.STRING, "The source's system", "\"postgres\""),
          Option.required(
              "tables",
              OptionType.STRING_LIST,
              "Names or patterns of tables; * stands for any characters",
              "[\"public.*\"]"),
          Option.optional(
              "exclude",
              OptionType.STRING_LIST,
              "[]",
              "Names or patterns of tables to leave out",
              "[\"public.tmp_*\"]"),
          Option.optional(
              "into", OptionType.STRING, "", "The schema at the destination", "\"bronze\""),
          Option.optional(
              "rename",
              OptionType.STRING_MAP,
              "",
              "Names at the destination, by name at the source",
              "{ \"public.orders\" = \"sales.orders\" }"),
          Option.choice("mode", "Current state, or every change as a row", "mirror", "history"),
          Option.choice("deletes", "Whether deleted rows go or stay, marked", "hard", "soft"),
          Option.choice(
              "initial",
              "What to do with rows there already",
              "copy_and_stream",
              "copy",
              "stream"));
  static final List<Option> DESTINATION =
      List.of(Option.required("to", OptionType.STRING, "The destination's system", "\"duckdb\""));

  /** What a flow's name looks like. */
  static final String NAME = "^[a-z][a-z0-9_]{0,40}$";

  /** Without what only writing the file anew would need. */
  private static final TomlParseOptions READ_ONLY = TomlParseOptions.sourceless();

  private static final long LARGEST = 16L << 20;

  /** Characters of a name in a message. */
  private static final int SHOWN = 60;

  private static final List<String> TOP =
      List.of(
          "flow",
          "description",
          "owner",
          "run",
          "migrate",
          "source",
          "destination",
          "engine",
          "storage",
          "store",
          "credentials",
          "env",
          "step",
          "check",
          "publish",
          "test");

  private final Path file;
  private final Path folder;
  private final Systems systems;
  private final Surroundings surroundings;
  private final List<FlowProblem> problems = new ArrayList<>();
  private final SecretLookup secrets;
  private final SectionReader sections;
  private boolean several;

  private FlowFileReader(Path file, Systems systems, Surroundings surroundings) {
    this.file = file;
    this.systems = systems;
    this.surroundings = surroundings;
    Path parent = file.toAbsolutePath().getParent();
    this.folder = parent == null ? Path.of("/") : parent;
    this.secrets = new SecretLookup(file.toAbsolutePath());
    this.sections = new SectionReader(problems, folder, surroundings.environment(), secrets);
  }

  /**
   * Reads {@code file}.
   *
   * @param environment what {@code env:NAME} refers to
   * @throws FlowProblems with all that is wrong
   */
  public static FlowFile read(Path file, Systems systems, Map<String, String> environment) {
    return read(file, systems, Surroundings.of(environment));
  }

  /**
   * Reads {@code file}. Secrets that it refers to are looked up when they are revealed.
   *
   * @throws FlowProblems with all that is wrong
   */
  public static FlowFile read(Path file, Systems systems, Surroundings surroundings) {
    FlowFileReader reader = new FlowFileReader(file, systems, surroundings);
    return reader.read(reader.parse());
  }

  /**
   * Reads only where the secrets are that {@code file} refers to.
   *
   * @throws FlowProblems with what is wrong with that
   */
  public static CredentialSection credentials(
      Path file, Systems systems, Surroundings surroundings) {
    FlowFileReader reader = new FlowFileReader(file, systems, surroundings);
    CredentialSection section = reader.credentials(reader.parse());
    if (section == null) {
      throw new FlowProblems(file, reader.problems);
    }
    return section;
  }

  /** Where secrets are without a flow. */
  public static CredentialSection usualCredentials(Systems systems, Surroundings surroundings) {
    return CredentialsReader.usual(
        systems,
        new CredentialContext(Optional.empty(), surroundings.environment(), surroundings.prompt()));
  }

  /**
   * Reads a flow that is in no file.
   *
   * @param file where it would be; paths in it are relative to that
   * @throws FlowProblems with all that is wrong
   */
  public static FlowFile readText(
      Path file, String text, Systems systems, Map<String, String> environment) {
    return readText(file, text, systems, Surroundings.of(environment));
  }

  /** As {@link #readText(Path, String, Systems, Map)}, with someone to ask. */
  public static FlowFile readText(
      Path file, String text, Systems systems, Surroundings surroundings) {
    FlowFileReader reader = new FlowFileReader(file, systems, surroundings);
    return reader.read(reader.checked(Toml.parse(text, READ_ONLY)));
  }

  private @Nullable CredentialSection credentials(TomlTable toml) {
    return CredentialsReader.read(
        toml,
        folder,
        systems,
        surroundings,
        new SectionReader(problems, folder, surroundings.environment(), null));
  }

  private FlowFile read(TomlParseResult toml) {
    secrets.in(credentials(toml));
    for (String key : toml.keySet()) {
      if (!TOP.contains(key)) {
        at(
            toml,
            key,
            "CONFIG_UNKNOWN_KEY",
            "a flow has no " + key,
            Spelling.closest(key, TOP)
                .map(word -> "did you mean " + word + "?")
                .orElse("remove it; a flow has " + String.join(", ", TOP)));
      }
    }
    String name = toml.get(List.of("flow")) instanceof String text ? text : "";
    if (!name.matches(NAME)) {
      at(
          toml,
          toml.contains(List.of("flow")) ? "flow" : null,
          name.isEmpty() ? "CONFIG_MISSING_KEY" : "CONFIG_FLOW_NAME",
          name.isEmpty()
              ? "the flow has no name"
              : "the flow's name " + shortened(name) + " cannot be used",
          "write flow = \"my_flow\": lower-case letters, digits and underscores, at most 41");
    }
    FlowModel model = new FlowModelReader(systems, sections).read(name, toml);
    boolean replicates = replicated(toml).isPresent() || (!hasSources(toml) && !model.hasWork());
    SourceSection source = replicates ? source(toml) : null;
    DestinationSection destination =
        replicates || toml.contains(List.of("destination")) ? destination(toml) : null;
    if (!problems.isEmpty()) {
      problems.sort(
          Comparator.comparingInt(FlowProblem::line).thenComparingInt(FlowProblem::column));
      throw new FlowProblems(file, problems.stream().distinct().toList());
    }
    return new FlowFile(name, Optional.ofNullable(source), Optional.ofNullable(destination), model);
  }

  private static String shortened(String name) {
    return name.length() > SHOWN ? name.substring(0, SHOWN) + "…" : name;
  }

  private TomlParseResult parse() {
    try {
      if (Files.size(file) > LARGEST) {
        throw unreadable(
            "the flow file %s has more than %d MB".formatted(file, LARGEST >> 20),
            "name a flow file; rows belong in tables and files that it names");
      }
      return checked(Toml.parse(file, READ_ONLY));
    } catch (NoSuchFileException e) {
      throw unreadable(
          "there is no flow file " + file, "write one with leat init, or name another");
    } catch (IOException e) {
      throw unreadable(
          "the flow file " + file + " cannot be read: " + e.getMessage(), "make it readable");
    }
  }

  private TomlParseResult checked(TomlParseResult toml) {
    if (toml.hasErrors()) {
      throw new FlowProblems(
          file,
          toml.errors().stream()
              .map(
                  e ->
                      new FlowProblem(
                          "CONFIG_SYNTAX",
                          "the file is not TOML here: " + e.getMessage(),
                          e.position().line(),
                          e.position().column(),
                          "see https://toml.io for how values are written"))
              .toList());
    }
    return toml;
  }

  private FlowProblems unreadable(String sentence, String fix) {
    return new FlowProblems(
        file, List.of(new FlowProblem("CONFIG_FILE_UNREADABLE", sentence, 0, 0, fix)));
  }

  private static boolean hasSources(TomlTable toml) {
    return !toml.getTableOrEmpty(List.of("source")).isEmpty();
  }

  /** The source that is replicated, besides any number whose files are loaded. */
  private Optional<Section> replicated(TomlTable toml) {
    List<Section> found = new ArrayList<>();
    if (toml.get(List.of("source")) instanceof TomlTable) {
      sections.each(
          toml,
          "source",
          section -> {
            if (!FlowModelReader.isLoad(section)) {
              found.add(section);
            }
          });
    }
    if (found.size() > 1 && !several) {
      several = true;
      found
          .get(1)
          .report(
              "CONFIG_SECTIONS",
              "a flow replicates one source, and [" + found.get(1).title() + "] is the second",
              "from",
              "put it into a flow of its own; of files a flow may have many");
    }
    return found.stream().findFirst();
  }

  private @Nullable SourceSection source(TomlParseResult toml) {
    Section section = replicated(toml).orElse(null);
    if (section == null) {
      only(toml, "source");
      return null;
    }
    String system = section.text("from").orElse("");
    OptionValues values = section.read(section.optionsOf("from", SOURCE, systems.sources()));
    List<String> include = values.strings("tables");
    List<String> exclude = values.strings("exclude");
    requireNames(section, "tables", include);
    requireNames(section, "exclude", exclude);
    Map<TableId, TableId> rename = new HashMap<>();
    String into = values.optional("into", String.class).orElse(null);
    values.map("rename").forEach((from, to) -> rename(section, rename, from, to, into));
    if (!problems.isEmpty() || include.isEmpty()) {
      if (include.isEmpty() && problems.isEmpty()) {
        section.report(
            "CONFIG_MISSING_KEY",
            "tables names no table",
            "tables",
            "write tables = [\"public.*\"]");
      }
      return null;
    }
    boolean soft = values.string("deletes").equals("soft");
    WriteMode mode =
        values.string("mode").equals("history")
            ? WriteMode.HISTORY
            : soft ? WriteMode.MIRROR_KEEPING_DELETED : WriteMode.MIRROR;
    Initial initial =
        switch (values.string("initial")) {
          case "copy" -> Initial.COPY;
          case "stream" -> Initial.STREAM;
          default -> Initial.COPY_AND_STREAM;
        };
    return new SourceSection(
        section.name(),
        system,
        new TableSelection(include, exclude),
        into,
        Map.copyOf(rename),
        mode,
        initial,
        values);
  }

  private @Nullable DestinationSection destination(TomlParseResult toml) {
    Section section = only(toml, "destination");
    if (section == null) {
      return null;
    }
    String system = section.text("to").orElse("");
    OptionValues values =
        section.read(section.optionsOf("to", DESTINATION, systems.destinations()));
    return new DestinationSection(sectionName(toml, "destination"), system, values);
  }

  private static String sectionName(TomlTable toml, String kind) {
    return toml.getTableOrEmpty(List.of(kind)).keySet().stream().findFirst().orElse("");
  }

  private @Nullable Section only(TomlParseResult toml, String kind) {
    Object found = toml.get(List.of(kind));
    if (found instanceof TomlTable table
        && table.size() == 1
        && table.get(List.of(sectionName(toml, kind))) instanceof TomlTable) {
      List<Section> one = new ArrayList<>();
      sections.each(toml, kind, one::add);
      return one.getFirst();
    }
    at(
        toml,
        found == null ? null : kind,
        found == null ? "CONFIG_MISSING_KEY" : "CONFIG_SECTIONS",
        found == null
            ? "the flow has no " + kind
            : "the flow needs exactly one [" + kind + ".NAME]",
        "write one section [" + kind + ".main]");
    return null;
  }

  private static void requireNames(Section section, String key, List<String> patterns) {
    for (String pattern : patterns) {
      try {
        if (TableSelection.isExact(pattern)) {
          TableId.parse(pattern);
        } else if (pattern.indexOf('.') < 0) {
          throw new IllegalArgumentException("expected schema.table, found: " + pattern);
        }
      } catch (IllegalArgumentException e) {
        section.report(
            "CONFIG_TABLE_NAME",
            key + ": " + e.getMessage(),
            key,
            "write the schema, too, for example public." + pattern);
      }
    }
  }

  private static void rename(
      Section section,
      Map<TableId, TableId> rename,
      String from,
      String to,
      @Nullable String into) {
    try {
      TableId source = TableId.parse(from);
      TableId target =
          to.indexOf('.') < 0
              ? new TableId(into == null ? source.schema() : into, to)
              : TableId.parse(to);
      rename.put(source, target);
    } catch (IllegalArgumentException e) {
      section.report(
          "CONFIG_TABLE_NAME",
          "rename: " + e.getMessage(),
          "rename",
          "write rename = { \"public.orders\" = \"sales.orders\" }");
    }
  }

  private void at(TomlTable toml, @Nullable String key, String code, String sentence, String fix) {
    var position = key == null ? null : toml.inputPositionOf(List.of(key));
    problems.add(
        new FlowProblem(
            code,
            sentence,
            position == null ? 0 : position.line(),
            position == null ? 0 : position.column(),
            fix));
  }
}
