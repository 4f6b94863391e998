package dev.leat.flow.repository;

import dev.leat.flow.check.CheckModel;
import dev.leat.flow.json.JsonFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs and their steps as JSON; what is null is left out. */
public final class RunJson {
  private RunJson() {}

  /** The head of a run; states are in small letters with {@code _} between words. */
  public static Map<String, @Nullable Object> write(RunHead run) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", run.id());
    json.put("flow", run.flow());
    json.put("environment", run.environment());
    json.put("trigger", run.trigger());
    json.put("state", word(run.state()));
    json.put("started_at", run.startedAt().toString());
    put(json, "ended_at", text(run.endedAt()));
    put(json, "error", run.error() == null ? null : write(run.error()));
    return json;
  }

  static RunHead head(JsonFields json) {
    return new RunHead(
        json.text("id"),
        json.text("flow"),
        json.text("environment"),
        json.text("trigger"),
        word(json, "state", RunState.values()),
        json.instant("started_at"),
        json.instantOrNull("ended_at"),
        error(json));
  }

  /** A step of a run, as it is kept. */
  public static Map<String, @Nullable Object> write(StepRecord step) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("step", step.step());
    json.put("unit", step.unit());
    put(json, "dataset", text(step.dataset()));
    json.put("state", word(step.state()));
    json.put("attempts", step.attempts());
    put(json, "started_at", text(step.startedAt()));
    put(json, "ended_at", text(step.endedAt()));
    put(json, "rows_in", step.rowsIn());
    put(json, "rows_out", step.rowsOut());
    put(json, "sql", step.sql());
    put(json, "error", step.error() == null ? null : write(step.error()));
    json.put("checks", step.checks().stream().map(RunJson::write).toList());
    json.put("inputs", step.inputs().stream().map(RunJson::write).toList());
    json.put("upstream", step.upstream());
    json.put("lineage", step.lineage().stream().map(RunJson::write).toList());
    json.put("tries", step.tries().stream().map(RunJson::write).toList());
    return json;
  }

  static StepRecord step(JsonFields json) {
    return new StepRecord(
        json.text("step"),
        json.text("unit"),
        json.has("dataset") ? json.table("dataset") : null,
        word(json, "state", StepState.values()),
        Math.toIntExact(json.number("attempts")),
        json.instantOrNull("started_at"),
        json.instantOrNull("ended_at"),
        json.has("rows_in") ? (Long) json.number("rows_in") : null,
        json.has("rows_out") ? (Long) json.number("rows_out") : null,
        json.textOrNull("sql"),
        error(json),
        json.objects("checks", each -> each.all(RunJson::check)),
        json.objects("inputs", each -> each.all(RunJson::input)),
        json.has("upstream") ? json.texts("upstream") : List.of(),
        listOrNone(json, "lineage", RunJson::column),
        listOrNone(json, "tries", RunJson::attempt));
  }

  private static Map<String, @Nullable Object> write(ErrorRecord error) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("code", error.code());
    json.put("message", error.message());
    json.put("fix", error.fix());
    return json;
  }

  private static @Nullable ErrorRecord error(JsonFields parent) {
    JsonFields fields = parent.objectOrNull("error");
    return fields == null
        ? null
        : fields.all(
            json -> new ErrorRecord(json.text("code"), json.text("message"), json.text("fix")));
  }

  private static Map<String, @Nullable Object> write(CheckRecord check) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", check.name());
    json.put("severity", word(check.severity()));
    json.put("passed", check.passed());
    json.put("failures", check.failures());
    json.put("total", check.total());
    json.put("message", check.message());
    put(json, "sample", text(check.sample()));
    return json;
  }

  private static CheckRecord check(JsonFields json) {
    return new CheckRecord(
        json.text("name"),
        word(json, "severity", CheckModel.Severity.values()),
        json.flag("passed"),
        json.number("failures"),
        json.number("total"),
        json.text("message"),
        json.has("sample") ? json.table("sample") : null);
  }

  private static Map<String, @Nullable Object> write(InputRecord input) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("dataset", input.dataset().toString());
    put(json, "run", input.run());
    put(json, "fingerprint", input.fingerprint());
    return json;
  }

  private static InputRecord input(JsonFields json) {
    return new InputRecord(
        json.table("dataset"), json.textOrNull("run"), json.textOrNull("fingerprint"));
  }

  private static Map<String, @Nullable Object> write(ColumnRecord column) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("column", column.name());
    json.put("origins", column.origins().stream().map(RunJson::write).toList());
    return json;
  }

  private static Map<String, @Nullable Object> write(ColumnRecord.Origin origin) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("dataset", origin.dataset().toString());
    json.put("column", origin.column());
    return json;
  }

  private static ColumnRecord column(JsonFields json) {
    return new ColumnRecord(
        json.text("column"),
        json.objects(
            "origins",
            each ->
                each.all(
                    origin ->
                        new ColumnRecord.Origin(origin.table("dataset"), origin.text("column")))));
  }

  private static Map<String, @Nullable Object> write(AttemptRecord attempt) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("started_at", attempt.startedAt().toString());
    put(json, "ended_at", text(attempt.endedAt()));
    put(json, "error", attempt.error() == null ? null : write(attempt.error()));
    return json;
  }

  private static AttemptRecord attempt(JsonFields json) {
    return new AttemptRecord(
        json.instant("started_at"), json.instantOrNull("ended_at"), error(json));
  }

  /** What earlier versions did not write. */
  private static <T> List<T> listOrNone(
      JsonFields json, String key, Function<JsonFields, T> reader) {
    return json.has(key) ? json.objects(key, each -> each.all(reader)) : List.of();
  }

  private static void put(Map<String, @Nullable Object> json, String key, @Nullable Object value) {
    if (value != null) {
      json.put(key, value);
    }
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> E word(JsonFields json, String key, E[] values) {
    String text = json.text(key);
    for (E value : values) {
      if (word(value).equals(text)) {
        return value;
      }
    }
    throw json.wrong(
        key, "one of " + String.join(", ", List.of(values).stream().map(RunJson::word).toList()));
  }
}
