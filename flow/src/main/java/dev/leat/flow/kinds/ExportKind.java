package dev.leat.flow.kinds;

import dev.leat.spi.instruction.Relation;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.kind.StepInputs;
import dev.leat.spi.kind.StepKind;
import dev.leat.spi.kind.StepNode;
import dev.leat.spi.kind.StepWork;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.schema.TableId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A dataset as files. */
final class ExportKind implements StepKind {
  private static final List<String> FORMATS = List.of("csv", "json", "parquet");
  private static final Pattern TIME = Pattern.compile("\\{time:([^{}]+)}");

  @Override
  public String name() {
    return "export";
  }

  @Override
  public String summary() {
    return "A dataset is written into files, as a whole or only what is new or changed";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.required(
            "path",
            OptionType.STRING,
            "The file, or the folder where there are partitions, relative to the flow file;"
                + " {time:yyyy-MM-dd} is the time of the run, in UTC",
            "\"out/orders_{time:yyyy-MM-dd}.csv\""),
        new Option(
            "format",
            OptionType.CHOICE,
            false,
            "",
            "What the files are; by default what the path ends with",
            "\"parquet\"",
            FORMATS,
            List.of()),
        Option.optional(
            "partition",
            OptionType.STRING_LIST,
            "[]",
            "Columns whose values make folders",
            "[\"order_date\"]"),
        Option.choice("only", "All rows, or those that incremental says are new", "all", "changed"),
        IncrementalOption.ofOne());
  }

  @Override
  public boolean makesDataset() {
    return false;
  }

  @Override
  public List<TableId> inputs(StepDefinition step, Function<Relation, List<TableId>> tablesIn) {
    check(step);
    return List.of(StepKeys.from(step));
  }

  @Override
  public List<StepNode> expand(StepDefinition step, StepInputs inputs) {
    check(step);
    TableId from = StepKeys.from(step);
    List<String> partition = step.options().strings("partition");
    StepColumns unused = new StepColumns(step, from, inputs).require(partition);
    return List.of(
        new StepNode(
            step.into(),
            List.of(),
            IncrementalOption.read(step, List.of(from), inputs),
            new StepWork.Export(
                new Relation.Scan(from), path(step, inputs.now()), format(step), partition)));
  }

  private static void check(StepDefinition step) {
    TableId from = StepKeys.from(step);
    List<String> partition =
        StepKeys.distinct(step, "partition", step.options().strings("partition"));
    if (step.write() != null) {
      throw StepProblem.options(
          step, "it has write, and files are always written anew", "remove write");
    }
    String path = path(step, Instant.EPOCH);
    String format = format(step);
    if (!partition.isEmpty() && path.toLowerCase(Locale.ROOT).endsWith("." + format)) {
      throw StepProblem.options(
          step,
          "path is a file, and partition makes folders",
          "name a folder and add format = \"" + format + "\", or remove partition");
    }
    boolean changed = step.options().string("only").equals("changed");
    if (changed != IncrementalOption.given(step)) {
      throw StepProblem.options(
          step,
          changed
              ? "it writes only changed rows and does not say which are new"
              : "it writes all rows and has incremental",
          changed
              ? "add incremental = { column = \"updated_at\" }"
              : "add only = \"changed\", or remove incremental");
    }
    if (changed && path.equals(step.options().string("path"))) {
      throw StepProblem.options(
          step,
          "each run would write its changed rows over those of the run before",
          "have the time in path, such as out/orders_{time:yyyyMMdd_HHmmss}.csv");
    }
    IncrementalOption.check(step, List.of(from));
  }

  private static String path(StepDefinition step, Instant now) {
    Matcher matcher = TIME.matcher(step.options().string("path"));
    StringBuilder path = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(path, Matcher.quoteReplacement(time(step, matcher.group(1), now)));
    }
    String result = matcher.appendTail(path).toString();
    if (result.isBlank() || result.indexOf('{') >= 0) {
      throw StepProblem.options(
          step,
          result.isBlank() ? "path is empty" : "path has a brace that is no {time:…}",
          "write for example path = \"out/orders_{time:yyyy-MM-dd}.csv\"");
    }
    return result;
  }

  private static String time(StepDefinition step, String pattern, Instant now) {
    try {
      return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC).format(now);
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw StepProblem.options(
          step,
          "path has a pattern that is none of a time: " + pattern,
          "write for example {time:yyyy-MM-dd}");
    }
  }

  private static String format(StepDefinition step) {
    Optional<String> written = step.options().optional("format", String.class);
    String path = step.options().string("path").toLowerCase(Locale.ROOT);
    return written.orElseGet(
        () ->
            FORMATS.stream()
                .filter(format -> path.endsWith("." + format))
                .findFirst()
                .orElseThrow(
                    () ->
                        StepProblem.options(
                            step,
                            "path does not end as one of the formats",
                            "add format = \"parquet\", or csv or json")));
  }
}
