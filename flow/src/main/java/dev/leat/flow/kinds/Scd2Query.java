package dev.leat.flow.kinds;

import dev.leat.spi.instruction.JoinType;
import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.kind.StepInputs;
import dev.leat.spi.schema.LogicalType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a dimension is made of: its rows, members that are only referred to, the unknown member. */
final class Scd2Query {
  private static final String VALID_FROM = "_leat_valid_from";
  private static final String ONE = "_leat_rows";

  private final StepDefinition step;
  private final Scd2Settings settings;
  private final StepInputs inputs;
  private final StepColumns columns;
  private final List<String> track;
  private final Relation rows;

  Scd2Query(StepDefinition step, Scd2Settings settings, StepInputs inputs) {
    this.step = step;
    this.settings = settings;
    this.inputs = inputs;
    this.columns = new StepColumns(step, settings.from(), inputs);
    columns.require(settings.key()).require(settings.track());
    this.track = settings.track().isEmpty() ? others() : settings.track();
    this.rows =
        new Relation.Filter(new Relation.Scan(settings.from()), Portable.notNull(settings.key()));
  }

  Relation relation() {
    boolean infer = !settings.inferFrom().isEmpty();
    List<String> tracked = infer ? StepKeys.concat(track, List.of(Scd2Settings.INFERRED)) : track;
    Relation history =
        new Relation.Scd2(
            infer ? withInferred() : rows,
            inputs.exists(step.into()) ? step.into() : null,
            settings.surrogateKey(),
            settings.key(),
            tracked,
            infer ? Portable.name(VALID_FROM) : validFrom(),
            settings.closeMissing(),
            Portable.timestamp(inputs.now()));
    return settings.unknown() ? withUnknown(history, tracked) : history;
  }

  private String validFrom() {
    return columns.has(settings.validFrom())
        ? Portable.name(settings.validFrom())
        : settings.validFrom();
  }

  private List<String> others() {
    if (!columns.has(settings.validFrom())) {
      throw StepProblem.options(
          step,
          "valid_from is no column of "
              + settings.from()
              + ", so that it is not known which columns to track",
          "add track = [\"name\", \"email\"]; the columns are "
              + String.join(", ", columns.names()));
    }
    List<String> others =
        columns.others(StepKeys.concat(settings.key(), List.of(settings.validFrom())));
    StepKeys.apart(step, settings.from().toString(), others, "what it adds", settings.added());
    return others;
  }

  private Relation withInferred() {
    if (!columns.has(settings.validFrom())) {
      throw StepProblem.options(
          step,
          "infer_from needs valid_from to be a column of " + settings.from(),
          "compute it in a step before");
    }
    columns.requireTime(settings.validFrom());
    String key = settings.key().getFirst();
    Set<ColumnReference> references = new LinkedHashSet<>(settings.inferFrom());
    List<Relation> mentioned = new ArrayList<>();
    for (ColumnReference reference : references) {
      StepColumns unused =
          new StepColumns(step, reference.table(), inputs).require(List.of(reference.column()));
      mentioned.add(
          new Relation.Select(
              new Relation.Filter(
                  new Relation.Scan(reference.table()),
                  Portable.notNull(List.of(reference.column()))),
              List.of(new Projection(key, Portable.name(reference.column())))));
    }
    Relation missing = without(new Relation.Union(mentioned, true), rows);
    if (inputs.exists(step.into())) {
      missing = without(missing, new Relation.Scan(step.into()));
    }
    List<String> wanted =
        List.copyOf(
            new LinkedHashSet<>(
                StepKeys.concat(
                    StepKeys.concat(settings.key(), track), List.of(settings.validFrom()))));
    return new Relation.Union(
        List.of(
            member(rows, Portable.name(settings.validFrom()), "FALSE"),
            member(
                columns.filledUp(missing, settings.key(), wanted),
                columns.literal(settings.validFrom(), beginning()),
                "TRUE")),
        false);
  }

  private String beginning() {
    return columns.type(settings.validFrom()) == LogicalType.Primitive.DATE
        ? "0001-01-01"
        : "0001-01-01 00:00:00";
  }

  private Relation without(Relation keys, Relation known) {
    return new Relation.Join(
        keys, known, JoinType.ANTI, Portable.sameKey(settings.key()), List.of());
  }

  private Relation member(Relation input, String validFrom, String inferred) {
    List<Projection> result =
        new ArrayList<>(StepColumns.projections(StepKeys.concat(settings.key(), track)));
    result.add(new Projection(VALID_FROM, validFrom));
    result.add(new Projection(Scd2Settings.INFERRED, inferred));
    return new Relation.Select(input, result);
  }

  /**
   * Adds the unknown member unless it is there; versions of it, which come of closing members that
   * are not in the input, do not count.
   */
  private Relation withUnknown(Relation history, List<String> tracked) {
    String surrogateKey = Portable.name(settings.surrogateKey());
    Relation nothing = new Relation.Select(new Relation.Filter(rows, "FALSE"), unknownSource());
    Relation one =
        new Relation.Aggregate(nothing, List.of(), List.of(new Projection(ONE, "COUNT(*)")));
    List<Projection> result = new ArrayList<>();
    result.add(new Projection(settings.surrogateKey(), "CAST(-1 AS BIGINT)"));
    for (String column : StepKeys.concat(settings.key(), tracked)) {
      result.add(
          new Projection(
              column,
              column.equals(Scd2Settings.INFERRED) && !track.contains(column)
                  ? "FALSE"
                  : Portable.name("r", column)));
    }
    result.add(new Projection("valid_from", Portable.name("r", VALID_FROM)));
    result.add(new Projection("valid_to", Portable.name("r", VALID_FROM)));
    result.add(new Projection("is_current", "TRUE"));
    Relation unknown = new Relation.Join(one, nothing, JoinType.LEFT, "TRUE", result);
    if (inputs.exists(step.into())) {
      unknown =
          new Relation.Join(
              unknown,
              new Relation.Filter(new Relation.Scan(step.into()), surrogateKey + " = -1"),
              JoinType.ANTI,
              "TRUE",
              List.of());
    }
    return new Relation.Union(
        List.of(new Relation.Filter(history, surrogateKey + " <> -1"), unknown), false);
  }

  private List<Projection> unknownSource() {
    List<Projection> result =
        new ArrayList<>(StepColumns.projections(StepKeys.concat(settings.key(), track)));
    result.add(new Projection(VALID_FROM, validFrom()));
    return result;
  }
}
