package dev.leat.app.command;

import dev.leat.app.output.Style;
import dev.leat.app.output.TextTable;
import dev.leat.flow.migration.Migration;
import dev.leat.flow.migration.MigrationRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows migrations. */
final class MigrationView {
  private MigrationView() {}

  /** Those that are to be made. */
  static List<String> lines(FlowMigrations.Plan plan, boolean color) {
    List<String> lines = new ArrayList<>();
    for (FlowMigrations.Planned planned : plan.migrations()) {
      Migration migration = planned.migration();
      lines.add(
          Style.BOLD.of(migration.dataset().toString(), color)
              + " at "
              + planned.engine()
              + (planned.byRun() ? ", which a run does by itself" : ""));
      migration.changes().forEach(change -> lines.add("  " + change));
      migration
          .lostByUp()
          .forEach(loss -> lines.add("  " + Style.YELLOW.of("loses", color) + " " + loss));
      migration.up().forEach(statement -> lines.add("    " + statement + ";"));
    }
    plan.unknown()
        .forEach(
            dataset -> lines.add(dataset + ": its columns are known only when its step is done"));
    return lines;
  }

  /** What taking back one that was made means. */
  static List<String> back(FlowMigrations.Begun begun) {
    Migration migration = begun.record().migration();
    List<String> lines = new ArrayList<>();
    lines.add(migration.dataset() + " at " + begun.engine() + ", back to before:");
    migration.changes().forEach(change -> lines.add("  " + change));
    FlowMigrations.losses(begun.record()).forEach(loss -> lines.add("  loses " + loss));
    migration.down().forEach(statement -> lines.add("    " + statement + ";"));
    return lines;
  }

  /** Those that were begun. */
  static List<String> table(List<FlowMigrations.Begun> begun, int width, boolean color) {
    TextTable table =
        new TextTable(List.of("migration", "dataset", "engine", "state", "at", "changes"));
    for (FlowMigrations.Begun each : begun) {
      MigrationRecord record = each.record();
      table.row(
          record.migration().id(),
          record.migration().dataset().toString(),
          each.engine(),
          state(record),
          record.at().toString(),
          String.join("; ", record.migration().changes()));
    }
    return table.lines(width, color);
  }

  private static String state(MigrationRecord record) {
    return record.state().name().toLowerCase(Locale.ROOT);
  }

  static Map<String, Object> json(String flow, FlowMigrations.Plan plan) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("flow", flow);
    List<Map<String, Object>> migrations = new ArrayList<>();
    for (FlowMigrations.Planned planned : plan.migrations()) {
      Map<String, Object> one = json(planned.engine(), planned.migration());
      one.put("by_run", planned.byRun());
      migrations.add(one);
    }
    json.put("migrations", migrations);
    json.put("unknown", plan.unknown().stream().map(Object::toString).toList());
    return json;
  }

  static Map<String, Object> json(String flow, List<FlowMigrations.Begun> begun) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("flow", flow);
    List<Map<String, Object>> migrations = new ArrayList<>();
    for (FlowMigrations.Begun each : begun) {
      Map<String, Object> one = json(each.engine(), each.record().migration());
      one.put("state", state(each.record()));
      one.put("at", each.record().at().toString());
      if (each.record().rolledBackAt() != null) {
        one.put("rolled_back_at", each.record().rolledBackAt().toString());
      }
      migrations.add(one);
    }
    json.put("migrations", migrations);
    return json;
  }

  private static Map<String, Object> json(String engine, Migration migration) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", migration.id());
    json.put("dataset", migration.dataset().toString());
    json.put("engine", engine);
    json.put("changes", migration.changes());
    json.put("up", migration.up());
    json.put("down", migration.down());
    json.put("lost_by_up", migration.lostByUp());
    json.put("lost_by_down", migration.lostByDown());
    return json;
  }
}
