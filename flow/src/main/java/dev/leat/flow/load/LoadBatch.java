package dev.leat.flow.load;

import dev.leat.flow.engine.Workspace;
import dev.leat.flow.model.LoadModel;
import dev.leat.flow.plan.Staged;
import dev.leat.spi.Failpoint;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.FileInput;
import dev.leat.spi.engine.FileReader;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.BatchReader;
import dev.leat.spi.sql.PortableSql;
import dev.leat.spi.storage.Storage;
import dev.leat.spi.storage.StoredFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files that are loaded in one transaction. For one thread. */
final class LoadBatch implements AutoCloseable {
  private static final String GONE = "_leat_gone";

  private final Workspace workspace;
  private final LoadPlan plan;
  private final LoadModel load;
  private final List<Column> before;
  private final Storage storage;
  private final Path scratch;
  private final String run;
  private final Instant now;
  private final Cancellation cancellation;
  private final Engine engine;
  private final Engine reading;
  private final boolean brought;
  private final FileReader reader;
  private final LoadStage stage;
  private final List<TableId> staged = new ArrayList<>();

  private final List<LocalFile> local = new ArrayList<>();
  private final Set<String> again = new HashSet<>();
  private List<Column> columns = List.of();
  private Map<String, Long> rows = Map.of();
  private Map<String, Long> parked = Map.of();
  private boolean published;

  LoadBatch(
      Workspace workspace,
      LoadPlan plan,
      List<Column> before,
      Storage storage,
      Path folder,
      String run,
      Instant now,
      Cancellation cancellation) {
    this.workspace = workspace;
    this.plan = plan;
    this.load = plan.load();
    this.before = before;
    this.storage = storage;
    this.scratch = folder;
    this.run = run;
    this.now = now;
    this.cancellation = cancellation;
    Scratch.make(folder);
    this.engine = workspace.engines().engine(plan.engine());
    this.brought = engine.fileReader().isEmpty();
    this.reading = brought ? workspace.engines().scratch(folder.resolve("scratch.duckdb")) : engine;
    this.reader = reading.fileReader().orElseThrow();
    this.stage =
        new LoadStage(
            load.format(),
            reader,
            stagedAs(plan.table()),
            stagedAs(table(load.parked())),
            folder,
            now,
            statement -> reading.run(List.of(statement)),
            cancellation);
  }

  private TableId table(TableId dataset) {
    return workspace.environment().requireOwn(workspace.written(dataset));
  }

  private TableId stagedAs(TableId table) {
    TableId name = Staged.of(table);
    staged.add(name);
    return name;
  }

  /** Reads files into staged tables; those that cannot be read are left out. */
  void stage(List<FoundFile> files) {
    Failpoint.reach("before-stage");
    FilePreparation preparation =
        new FilePreparation(
            load.format(), load.columns().keySet(), load.limits().expansion(), scratch);
    for (FoundFile file : files) {
      if (file.again()) {
        again.add(file.file().name());
      }
      try {
        Path fetched = storage.fetch(file.file(), scratch, cancellation);
        local.add(preparation.prepare(file.file(), fetched, file.values(), cancellation));
      } catch (LeatException e) {
        if (e.category() != dev.leat.spi.error.ErrorCategory.DATA) {
          throw e;
        }
        stage.fail(file.file().name(), e);
      }
    }
    List<FileGroup> groups = FileGroup.of(local, load.format(), reader, stage, cancellation);
    LoadColumns decided = LoadColumns.decide(plan, before, groups, reader, stage, cancellation);
    columns = decided.columns();
    if (columns.isEmpty()) {
      return;
    }
    stage.begin(columns);
    decided.good().forEach(group -> stage.add(group.named(columns)));
    decided.parked().forEach(stage::park);
    Failpoint.reach("files-staged");
    verifyUnchanged();
    rows = reader.count(Staged.of(plan.table()), FileInput.FILE);
    parked = reader.count(Staged.of(table(load.parked())), "file");
    requireFewBadRows();
    reading.run(
        List.of(
            "UPDATE %s SET run = %s, parked_at = CAST('%s' AS TIMESTAMPTZ)"
                .formatted(
                    PortableSql.name(Staged.of(table(load.parked()))),
                    PortableSql.text(run),
                    now)));
  }

  /** A file that others wrote while it was read may have been read in part. */
  private void verifyUnchanged() {
    for (LocalFile file : local) {
      if (!stage.failures().containsKey(file.name())) {
        StoredFile now = storage.find(file.name()).orElse(null);
        if (now == null || !now.version().equals(file.stored().version())) {
          stage.fail(
              file.name(),
              new LeatException(
                  Storage.CHANGED,
                  file.name() + " changed while it was read",
                  "write files under another name and rename them when they are whole"));
        }
      }
    }
  }

  private void requireFewBadRows() {
    long bad = parkedRows();
    if (bad == 0) {
      return;
    }
    boolean tooMany =
        load.rules()
            .maxBad()
            .map(
                most ->
                    most instanceof Long number
                        ? bad > number
                        : bad > (Double) most * (bad + rows()))
            .orElse(false);
    if (!load.rules().parkRows() || tooMany) {
      List<@Nullable String> first =
          reading
              .query(
                  "SELECT file, line, reason FROM %s ORDER BY file, line"
                      .formatted(PortableSql.name(Staged.of(table(load.parked())))),
                  1)
              .rows()
              .getFirst();
      String line = first.get(1);
      throw LoadErrors.badRows(
          "%s%s: %s%s"
                  .formatted(
                      first.get(0),
                      line == null ? "" : ":" + line,
                      first.get(2),
                      bad == 1 ? "" : ", and " + (bad - 1) + " more bad rows")
              + "; nothing was loaded",
          tooMany
              ? "correct the files, or raise max_bad"
              : "correct the file, or park such rows with on_bad_row = \"park\"");
    }
  }

  Map<String, LeatException> failures() {
    return stage.failures();
  }

  /** Whether there is nothing to publish. */
  boolean isNothing() {
    return columns.isEmpty() || (loadedFiles() == 0 && !before.isEmpty());
  }

  List<Column> columns() {
    return columns;
  }

  private Stream<LocalFile> good() {
    return local.stream().filter(file -> !stage.failures().containsKey(file.name()));
  }

  int loadedFiles() {
    return (int) good().count();
  }

  long rows() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }

  long parkedRows() {
    return parked.values().stream().mapToLong(Long::longValue).sum();
  }

  String format() {
    return local.stream().map(LocalFile::describe).distinct().collect(Collectors.joining("; "));
  }

  /** A text that no other files have. */
  String identity() {
    return good()
        .map(file -> file.name() + "@" + file.stored().version())
        .collect(Collectors.joining("\n"));
  }

  /**
   * The rows as their dataset will have them, for checks.
   *
   * @param publications of the batch, of which the one with the files' rows counts
   */
  Publication prospect(List<Publication> publications) {
    Publication rows =
        publications.stream()
            .filter(publication -> publication.staging().equals(Staged.of(plan.table())))
            .findFirst()
            .orElseThrow();
    return again.isEmpty() || before.isEmpty()
        ? rows
        : new Publication(
            rows.target(),
            rows.staging(),
            new Write.ReplaceKeys(List.of(FileInput.FILE)),
            rows.columns(),
            before);
  }

  /** Everything that becomes visible, the dataset first. */
  List<Publication> publications(Engine target) {
    TableId table = plan.table();
    TableId parkedTable = table(load.parked());
    TableId ledger = table(load.ledger());
    List<Column> parkedBefore = target.columns(parkedTable).orElse(List.of());
    List<Column> ledgerBefore = target.columns(ledger).orElse(List.of());
    List<Publication> publications = new ArrayList<>();
    List<String> replaced = good().map(LocalFile::name).filter(again::contains).sorted().toList();
    if (!replaced.isEmpty() && !before.isEmpty()) {
      publications.add(gone(table, FileInput.FILE, replaced, columns, before));
    }
    publications.add(
        new Publication(
            table, move(Staged.of(table), columns), new Write.Append(), columns, grown()));
    if (!replaced.isEmpty() && !parkedBefore.isEmpty()) {
      publications.add(gone(parkedTable, "file", replaced, LoadStage.PARKED, parkedBefore));
    }
    publications.add(
        new Publication(
            parkedTable,
            move(Staged.of(parkedTable), LoadStage.PARKED),
            new Write.Append(),
            LoadStage.PARKED,
            parkedBefore));
    publications.add(
        new Publication(
            ledger,
            move(ledgerRows(ledger), Ledger.COLUMNS),
            new Write.Merge(List.of("file"), null),
            Ledger.COLUMNS,
            ledgerBefore));
    // The dataset's rows are counted by the first.
    publications.sort(
        java.util.Comparator.comparing(publication -> !publication.target().equals(table)));
    return publications;
  }

  /**
   * The columns that the table has when rows are appended: those of the removal before are done.
   */
  private List<Column> grown() {
    boolean removed = good().anyMatch(file -> again.contains(file.name())) && !before.isEmpty();
    return removed ? columns : before;
  }

  /** Removes the rows of files. */
  private Publication gone(
      TableId table, String column, List<String> files, List<Column> kept, List<Column> there) {
    TableId staging = stagedAs(new TableId(table.schema(), table.table() + "_gone"));
    List<Column> all = new ArrayList<>(kept);
    all.add(Ledger.column(GONE, dev.leat.spi.schema.LogicalType.Primitive.BOOLEAN));
    reader.create(staging, all);
    String values =
        files.stream()
            .map(file -> "(" + PortableSql.text(file) + ", TRUE)")
            .collect(Collectors.joining(", "));
    reading.run(
        List.of(
            "INSERT INTO %s (%s, %s) VALUES %s"
                .formatted(
                    PortableSql.name(staging),
                    PortableSql.name(column),
                    PortableSql.name(GONE),
                    values)));
    return new Publication(
        table, move(staging, all), new Write.Merge(List.of(column), GONE), kept, there);
  }

  private TableId ledgerRows(TableId ledger) {
    TableId staging = stagedAs(ledger);
    reader.create(staging, Ledger.COLUMNS);
    List<String> values = new ArrayList<>();
    good()
        .forEach(
            file ->
                values.add(
                    "(%s, %d, %s, CAST('%s' AS TIMESTAMPTZ), %d, %d, %s, %s, CAST('%s' AS TIMESTAMPTZ))"
                        .formatted(
                            PortableSql.text(file.name()),
                            file.stored().size(),
                            PortableSql.text(file.stored().version()),
                            file.stored().modified(),
                            rows.getOrDefault(file.name(), 0L),
                            parked.getOrDefault(file.name(), 0L),
                            PortableSql.text(file.describe()),
                            PortableSql.text(run),
                            now)));
    if (!values.isEmpty()) {
      reading.run(
          List.of(
              "INSERT INTO " + PortableSql.name(staging) + " VALUES " + String.join(", ", values)));
    }
    return staging;
  }

  /** Where files are not read by the dataset's own engine, rows are brought there. */
  private TableId move(TableId table, List<Column> kept) {
    if (brought) {
      String names =
          kept.stream()
              .map(column -> PortableSql.name(column.name()))
              .collect(Collectors.joining(", "));
      try (BatchReader batches =
          reading.read(
              "SELECT " + names + " FROM " + PortableSql.name(table), kept, cancellation)) {
        long unused = engine.load(table, kept, batches, cancellation);
      }
    }
    return table;
  }

  void published() {
    published = true;
  }

  @Override
  public void close() {
    try {
      if (!published) {
        engine.drop(staged);
      }
    } finally {
      if (brought) {
        reading.close();
      }
      Scratch.clear(scratch);
    }
  }
}
