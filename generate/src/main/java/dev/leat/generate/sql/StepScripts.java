package dev.leat.generate.sql;

import dev.leat.flow.plan.NodePlan;
import dev.leat.generate.PlannedFlow;
import dev.leat.generate.PlannedNode;
import dev.leat.generate.Token;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import dev.leat.spi.sql.StandardWrites;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The scripts of one table: it is made, or rows come to those that are there. */
final class StepScripts {
  /** Made of all that the step reads. */
  static final String FIRST = "";

  /** With the table, of all that the step reads. */
  static final String AGAIN = ".again";

  /** With the table, of what is new. */
  static final String NEXT = ".next";

  private final PlannedFlow planned;
  private final Bookkeeping bookkeeping;
  private final PlannedNode node;
  private final EngineConnector connector;
  private final Dialect dialect;

  StepScripts(PlannedFlow planned, Bookkeeping bookkeeping, PlannedNode node) {
    this.planned = planned;
    this.bookkeeping = bookkeeping;
    this.node = node;
    this.connector = planned.workspace().engines().connector(node.first().engine());
    this.dialect = bookkeeping.dialect();
  }

  /** By the ends of their names. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(
        FIRST,
        text(
            "Makes " + node.dataset() + " of all that step " + node.step().name() + " reads.",
            node.first(),
            true));
    if (node.keepsRows() || !node.previous().isEmpty()) {
      if (node.progress().isPresent()) {
        texts.put(
            AGAIN,
            text(
                "For " + node.dataset() + " as it is, where nothing was read yet.",
                node.again(),
                false));
      }
      texts.put(
          NEXT,
          text(
              node.progress().isPresent()
                  ? "Brings what is new into " + node.dataset() + ", above the watermark."
                  : "Brings all that step "
                      + node.step().name()
                      + " reads into "
                      + node.dataset()
                      + " as it is.",
              node.next(),
              false));
    }
    return texts;
  }

  private String text(String about, NodePlan plan, boolean anew) {
    TableId table = plan.table();
    String description = node.step().description().replaceAll("[\\r\\n]+", " ");
    List<String> statements = new ArrayList<>();
    if (bookkeeping.client().hasSchemas()) {
      statements.add("CREATE SCHEMA IF NOT EXISTS " + dialect.quote(table.schema()));
    }
    statements.addAll(stage(plan));
    statements.add("BEGIN TRANSACTION");
    if (anew || plan.write() instanceof Write.Replace) {
      statements.add("DROP TABLE IF EXISTS " + dialect.quote(table));
    }
    if (anew && node.progress().isPresent()) {
      statements.add(bookkeeping.forget(table));
    }
    statements.addAll(publish(plan));
    node.progress()
        .ifPresent(
            progress ->
                statements.addAll(bookkeeping.save(table, progress, rendered(progress.highest()))));
    statements.add("COMMIT");
    return "-- "
        + about
        + "\n"
        + (description.isEmpty() ? "" : "-- " + description + "\n")
        + String.join(";\n", statements)
        + ";\n";
  }

  /** Its rows, next to the table. */
  private List<String> stage(NodePlan plan) {
    TableId staging = plan.staging();
    String query = rendered(PlannedNode.sql(plan));
    List<String> statements = new ArrayList<>();
    statements.add("DROP TABLE IF EXISTS " + dialect.quote(staging));
    if (bookkeeping.client().hasSchemas() || plan.query().orElseThrow().columns().isEmpty()) {
      statements.add("CREATE TABLE " + dialect.quote(staging) + " AS\n" + query);
    } else {
      // A query's types are lost in SQLite.
      statements.addAll(
          dialect.createTable(staging, plan.query().orElseThrow().columns(), List.of()));
      statements.add("INSERT INTO " + dialect.quote(staging) + "\n" + query);
    }
    return statements;
  }

  private List<String> publish(NodePlan plan) {
    boolean replaces = plan.write() instanceof Write.Replace;
    Publication publication =
        new Publication(
            plan.table(),
            plan.staging(),
            plan.write(),
            plan.columns(),
            replaces ? List.of() : plan.before());
    List<String> statements =
        plan.write() instanceof Write.ReplacePartition partitions && partitions.from() != null
            ? new StandardWrites(connector.dialect()).statements(publication)
            : connector.statements(publication);
    return statements.stream().map(this::rendered).toList();
  }

  private String rendered(String sql) {
    return planned.tokens().render(sql, this::written, text -> text);
  }

  private String written(Token token) {
    return token instanceof Token.Newest(TableId table, long days, var type)
            && node.write() instanceof Write.ReplacePartition(String column, _, _)
        ? bookkeeping.newest(table, dialect.quote(column), days, type)
        : bookkeeping.written(token);
  }
}
