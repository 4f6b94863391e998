package dev.leat.flow.check;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.sql.CompiledQuery;
import dev.leat.sql.SqlCompiler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs the checks of a dataset where its rows are. */
public final class CheckRunner {
  private final Engine engine;
  private final SqlCompiler compiler;
  private final CheckCompiler queries;
  private final TableId dataset;
  private final Cancellation cancellation;

  private CheckRunner(
      Engine engine,
      SqlCompiler compiler,
      CheckCompiler queries,
      TableId dataset,
      Cancellation cancellation) {
    this.engine = engine;
    this.compiler = compiler;
    this.queries = queries;
    this.dataset = dataset;
    this.cancellation = cancellation;
  }

  /**
   * Runs checks and keeps samples of rows that fail in {@link FailedRows#SCHEMA}; those of checks
   * that no row fails any more are dropped. Saves nothing in {@code history}: that is done once the
   * dataset is published.
   *
   * @param checks of one dataset; {@link CheckCompiler#verify} finds nothing wrong with them
   * @param columns the dataset's, as it will be once published
   * @param compiler reads the dataset as it will be once published
   * @param now the time of the run
   * @return one result per check, in the same order
   * @throws LeatException if a query fails; a fact names the check if it is that of only one
   */
  public static List<CheckResult> run(
      List<CheckModel> checks,
      List<Column> columns,
      Engine engine,
      SqlCompiler compiler,
      CheckHistory history,
      TableId dataset,
      Instant now,
      Cancellation cancellation) {
    if (checks.isEmpty()) {
      return List.of();
    }
    CheckRunner runner =
        new CheckRunner(
            engine, compiler, new CheckCompiler(dataset, columns), dataset, cancellation);
    Figures scanned = runner.scan(checks);
    Judge judge =
        new Judge(
            new RuleColumns(dataset, columns).types(), scanned.count(CheckCompiler.ROWS), now);
    Map<String, List<Map<String, Double>>> earlier = history.earlier(dataset);
    Set<TableId> samples = new HashSet<>(engine.tables(FailedRows.SCHEMA));
    List<TableId> obsolete = new ArrayList<>();
    List<CheckResult> results = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      CheckModel check = checks.get(i);
      try {
        Verdict verdict =
            judge.judge(
                check,
                scanned.of(i + ".", runner.measure(check)),
                earlier.getOrDefault(check.name(), List.of()));
        Optional<TableId> sample = runner.sample(check, verdict.failed());
        TableId table = FailedRows.table(dataset, check.name());
        if (sample.isEmpty() && samples.contains(table)) {
          obsolete.add(table);
        }
        results.add(
            new CheckResult(
                check,
                verdict.passed(),
                verdict.failed(),
                judge.total(),
                verdict.message(),
                verdict.metrics(),
                sample));
      } catch (LeatException e) {
        throw e.with("check", check.name());
      }
    }
    if (!obsolete.isEmpty()) {
      engine.drop(obsolete);
    }
    return results;
  }

  private Figures scan(List<CheckModel> checks) {
    return queries.scan(checks).map(this::read).orElseGet(Figures::none);
  }

  private Figures measure(CheckModel check) {
    return queries.measure(check).map(this::read).orElseGet(Figures::none);
  }

  private Figures read(Relation relation) {
    return Figures.read(engine, compiler.compile(relation), cancellation);
  }

  private Optional<TableId> sample(CheckModel check, long failed) {
    if (failed == 0 || check.sample() == 0) {
      return Optional.empty();
    }
    Relation rows = queries.failures(check, check.sample()).orElseThrow();
    CompiledQuery query = compiler.compile(rows);
    TableId table = FailedRows.table(dataset, check.name());
    engine.stage(table, rows, query.sql(), query.columns(), cancellation);
    return Optional.of(table);
  }
}
