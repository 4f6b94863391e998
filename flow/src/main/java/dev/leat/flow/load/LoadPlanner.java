package dev.leat.flow.load;

import dev.leat.flow.engine.Workspace;
import dev.leat.flow.model.LoadModel;
import dev.leat.flow.plan.PlanOptions;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.FileInput;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.storage.Storage;
import dev.leat.spi.storage.StorageAddress;
import dev.leat.spi.storage.StoredFile;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds out which files are to be loaded. Changes nothing. */
public final class LoadPlanner {
  private static final ErrorCode NOT_LOADED = new ErrorCode("FILE_NOT_FOUND", ErrorCategory.CONFIG);

  /** Files that are looked at where nothing says what columns there are. */
  static final int SAMPLE = 5;

  private final Workspace workspace;
  private final PlanOptions options;

  public LoadPlanner(Workspace workspace, PlanOptions options) {
    this.workspace = workspace;
    this.options = options;
  }

  /** What loading would do now. */
  public LoadPlan plan(LoadModel load) {
    try {
      return planned(load);
    } catch (LeatException e) {
      throw e.with("source", load.name());
    }
  }

  private LoadPlan planned(LoadModel load) {
    String engine = load.engine().orElse(workspace.engines().usual());
    TableId table = workspace.environment().requireOwn(workspace.written(load.into()));
    StorageAddress address = workspace.engines().storages().address(load.path());
    FilePattern pattern = FilePattern.of(address.name());
    Storage storage = workspace.engines().storages().open(address);
    Optional<Engine> open = workspace.engines().find(engine);
    List<Column> before = open.flatMap(e -> e.columns(table)).orElse(List.of());
    Map<String, String> versions =
        before.isEmpty()
            ? Map.of()
            : Ledger.versions(
                open.orElseThrow(),
                workspace.engines().connector(engine).dialect(),
                workspace.written(load.ledger()));
    List<FoundFile> files = new ArrayList<>();
    List<StoredFile> loaded = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    storage.list(
        pattern.prefix(),
        file ->
            pattern
                .match(file.name())
                .filter(this::isWanted)
                .ifPresent(values -> add(file, values, versions, files, loaded)));
    requireReloaded(load, files);
    if (!files.isEmpty()) {
      long again = files.stream().filter(FoundFile::again).count();
      notes.add(
          "%d new %s of %s"
                  .formatted(
                      files.size() - again,
                      again == files.size() - 1 ? "file" : "files",
                      where(address))
              + (again > 0 ? ", " + again + " whose rows are replaced" : ""));
    }
    List<Column> columns = before.isEmpty() ? declared(load, pattern) : before;
    return new LoadPlan(
        load,
        engine,
        table,
        files,
        loaded,
        before,
        columns,
        workspace.environment().isProduction()
            ? AfterLoad.expired(workspace.engines().storages(), load, loaded, options.now())
            : List.of(),
        notes);
  }

  /** The plan with the columns that the dataset would have, of the first files if nothing says. */
  public LoadPlan withColumns(LoadPlan plan) {
    if (!plan.columns().isEmpty()) {
      return plan;
    }
    LoadModel load = plan.load();
    StorageAddress address = workspace.engines().storages().address(load.path());
    if (plan.files().isEmpty()) {
      throw new LeatException(
              NOT_LOADED,
              "there are no files yet of "
                  + where(address)
                  + ", and nothing says what columns they have",
              "correct the path, or say them: columns = { id = \"bigint\" }")
          .with("source", load.name());
    }
    List<FoundFile> some = plan.files().subList(0, Math.min(SAMPLE, plan.files().size()));
    try (FileSample sample = FileSample.of(workspace.engines(), load, some)) {
      List<Column> columns =
          withSystem(
              ColumnTypesFound.columns(sample.columns(ColumnTypesFound.ROWS)),
              FilePattern.of(address.name()));
      List<String> notes = new ArrayList<>(plan.notes());
      notes.addAll(sample.formats());
      return new LoadPlan(
          load,
          plan.engine(),
          plan.table(),
          plan.files(),
          plan.loaded(),
          plan.before(),
          columns,
          plan.expired(),
          notes);
    }
  }

  private static String where(StorageAddress address) {
    return address.describe() + "/" + address.name();
  }

  private void requireReloaded(LoadModel load, List<FoundFile> files) {
    for (String wanted : options.reload()) {
      boolean none = files.stream().noneMatch(file -> names(file.file(), wanted));
      if (none && options.selection().select().contains(load.node())) {
        throw new LeatException(
            NOT_LOADED,
            "there is no file " + wanted + " of source " + load.name(),
            "name it as the table " + load.ledger() + " does");
      }
    }
  }

  private void add(
      StoredFile file,
      Map<String, String> values,
      Map<String, String> versions,
      List<FoundFile> files,
      List<StoredFile> loaded) {
    String version = versions.get(file.name());
    boolean wanted = options.reload().stream().anyMatch(name -> names(file, name));
    if (version == null) {
      if (options.reload().isEmpty() || wanted) {
        files.add(new FoundFile(file, values, false));
      }
    } else if (wanted || (options.reload().isEmpty() && !version.equals(file.version()))) {
      files.add(new FoundFile(file, values, true));
    } else {
      loaded.add(file);
    }
  }

  private static boolean names(StoredFile file, String wanted) {
    String regex = Pattern.quote(wanted).replace("*", "\\E.*\\Q");
    return file.name().matches(regex) || wanted.endsWith("/" + file.name());
  }

  /** With {@code --from} and {@code --to} only files of these days, by their names. */
  private boolean isWanted(Map<String, String> values) {
    if (values.isEmpty() || (options.from().isEmpty() && options.to().isEmpty())) {
      return true;
    }
    LocalDate day = LocalDate.parse(values.values().iterator().next());
    return options.from().map(from -> !day.isBefore(from)).orElse(true)
        && options.to().map(to -> day.isBefore(to)).orElse(true);
  }

  /** The columns that the flow file says, with those of the system; empty if it says none. */
  private static List<Column> declared(LoadModel load, FilePattern pattern) {
    if (load.columns().isEmpty()) {
      return List.of();
    }
    List<Column> columns = new ArrayList<>();
    load.columns().forEach((name, type) -> columns.add(Ledger.column(name, type)));
    return withSystem(columns, pattern);
  }

  static List<Column> withSystem(List<Column> columns, FilePattern pattern) {
    List<Column> all = new ArrayList<>(columns);
    for (String date : pattern.columns()) {
      if (all.stream().noneMatch(column -> column.name().equalsIgnoreCase(date))) {
        all.add(Ledger.column(date, Primitive.DATE));
      }
    }
    all.add(Ledger.column(FileInput.FILE, Primitive.TEXT));
    all.add(Ledger.column(FileInput.LOADED_AT, Primitive.TIMESTAMP_TZ));
    return all;
  }
}
