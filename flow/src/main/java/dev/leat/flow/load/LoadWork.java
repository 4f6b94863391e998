package dev.leat.flow.load;

import dev.leat.flow.check.CheckResult;
import dev.leat.flow.engine.Workspace;
import dev.leat.flow.instruction.Fingerprint;
import dev.leat.flow.model.LoadModel;
import dev.leat.flow.plan.MarkBook;
import dev.leat.spi.Failpoint;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.Mark;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.storage.Storage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Loads the files of a plan, some at a time: their rows, the rows that are parked, and the note of
 * which files they were become visible in one transaction.
 */
public final class LoadWork {
  private final Workspace workspace;
  private final MarkBook marks;
  private final Path folder;
  private final String run;
  private final Instant now;
  private final Audit audit;

  /**
   * @param folder where files are prepared; made and removed
   */
  public LoadWork(
      Workspace workspace, MarkBook marks, Path folder, String run, Instant now, Audit audit) {
    this.workspace = workspace;
    this.marks = marks;
    this.folder = folder;
    this.run = run;
    this.now = now;
    this.audit = audit;
  }

  /** Checks a dataset as it will be. */
  public interface Audit {
    /** What came of the checks; those that pass are remembered after the publish. */
    List<CheckResult> check(
        TableId dataset, String engine, Publication publication, Cancellation cancellation);

    /** The rows are visible. */
    void published(LoadPlan plan, List<Column> columns, List<CheckResult> checks, boolean anew);
  }

  /**
   * What came of it.
   *
   * @param blocked whether checks kept rows from being published
   * @param files that were loaded
   * @param rows that were loaded
   * @param parked rows that were not
   * @param after rows of the dataset; -1 if nothing was published
   * @param format how a file was read, in a few words
   * @param unread why files could not be read, a sentence with its name for each
   */
  public record Loaded(
      boolean blocked,
      int files,
      long rows,
      long parked,
      long after,
      List<CheckResult> checks,
      String format,
      List<String> unread) {

    static final Loaded NOTHING = new Loaded(false, 0, 0, 0, -1, List.of(), "", List.of());

    private Loaded without(List<String> files) {
      return new Loaded(blocked, this.files, rows, parked, after, checks, format, files);
    }

    private Loaded and(Loaded next) {
      return new Loaded(
          next.blocked,
          files + next.files,
          rows + next.rows,
          parked + next.parked,
          next.after < 0 ? after : next.after,
          next.checks,
          next.format.isEmpty() ? format : next.format,
          unread);
    }
  }

  /**
   * Loads.
   *
   * @param progress is told of what was loaded so far, also if a later part fails
   */
  public Loaded carryOut(LoadPlan plan, Cancellation cancellation, Consumer<Loaded> progress) {
    LoadModel load = plan.load();
    Storage storage =
        workspace.engines().storages().open(workspace.engines().storages().address(load.path()));
    Loaded done = Loaded.NOTHING;
    Map<String, LeatException> failures = new LinkedHashMap<>();
    List<Column> before = plan.before();
    for (List<FoundFile> files : parts(plan)) {
      try (LoadBatch batch =
          new LoadBatch(workspace, plan, before, storage, folder, run, now, cancellation)) {
        batch.stage(files);
        failures.putAll(batch.failures());
        if (batch.isNothing()) {
          continue;
        }
        Loaded loaded = publish(plan, before, batch, cancellation);
        done = done.and(loaded);
        progress.accept(done);
        if (loaded.blocked()) {
          return done;
        }
        before = batch.columns();
      }
    }
    // Files are everybody's: an environment only reads them.
    if (workspace.environment().isProduction()) {
      AfterLoad.of(workspace.engines().storages(), load, now).tidy(plan, failures.keySet());
    }
    if (!failures.isEmpty() && load.rules().failOnBadFile()) {
      throw failed(plan, failures);
    }
    return done.without(failures.entrySet().stream().map(LoadWork::words).toList());
  }

  private Loaded publish(
      LoadPlan plan, List<Column> before, LoadBatch batch, Cancellation cancellation) {
    Engine engine = workspace.engines().engine(plan.engine());
    List<Publication> publications = batch.publications(engine);
    List<CheckResult> checks =
        audit.check(plan.load().into(), plan.engine(), batch.prospect(publications), cancellation);
    if (checks.stream().anyMatch(CheckResult::blocks)) {
      return new Loaded(
          true, 0, batch.rows(), batch.parkedRows(), -1, checks, batch.format(), List.of());
    }
    Mark mark =
        new Mark(
            plan.table().toString(),
            "",
            run,
            "load:" + Fingerprint.of(batch.identity()),
            null,
            now);
    Failpoint.reach("before-publish");
    long after = engine.publish(publications, mark, cancellation);
    Failpoint.reach("after-publish");
    batch.published();
    marks.noted(plan.engine(), mark);
    audit.published(plan, batch.columns(), checks, before.isEmpty());
    return new Loaded(
        false,
        batch.loadedFiles(),
        batch.rows(),
        batch.parkedRows(),
        after,
        checks,
        batch.format(),
        List.of());
  }

  private static List<List<FoundFile>> parts(LoadPlan plan) {
    List<List<FoundFile>> parts = new ArrayList<>();
    List<FoundFile> part = new ArrayList<>();
    long bytes = 0;
    LoadModel.Limits limits = plan.load().limits();
    for (FoundFile file : plan.files()) {
      boolean full = part.size() == limits.files() || bytes + file.file().size() > limits.bytes();
      if (!part.isEmpty() && full) {
        parts.add(List.copyOf(part));
        part.clear();
        bytes = 0;
      }
      part.add(file);
      bytes += file.file().size();
    }
    if (!part.isEmpty() || (parts.isEmpty() && plan.before().isEmpty())) {
      parts.add(List.copyOf(part));
    }
    return parts;
  }

  private static String words(Map.Entry<String, LeatException> failure) {
    String why = failure.getValue().message();
    return why.contains(failure.getKey()) ? why : failure.getKey() + ": " + why;
  }

  private static LeatException failed(LoadPlan plan, Map<String, LeatException> failures) {
    Map.Entry<String, LeatException> first = failures.entrySet().iterator().next();
    String words = words(first);
    return new LeatException(
        LoadErrors.FILE,
        failures.size() == 1
            ? words
            : "%d of %d files could not be loaded; %s"
                .formatted(failures.size(), plan.files().size(), words),
        first.getValue().fix()
            + "; the other files are loaded, and the next run tries this one again",
        first.getValue());
  }
}
